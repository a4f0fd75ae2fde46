dnl What configure.ac asks of compiler, linker and libraries.
dnl SPDX-License-Identifier: Apache-2.0

dnl C11, by whichever flag this compiler wants for it.
AC_DEFUN([AX_PILEUS_C11], [
  AC_MSG_CHECKING([for C11])
  AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[
#include <stdatomic.h>
#if __STDC_VERSION__ < 201112L
#error "not C11"
#endif
]], [[_Static_assert(sizeof(int) > 1, "C11");]])],
    [AC_MSG_RESULT([yes])],
    [AC_MSG_RESULT([no]); AC_MSG_ERROR([a C11 compiler is needed: gcc 5 or clang 3.6, or later])])
])

dnl PILEUS_TRY_CFLAG(VARIABLE, FLAG): add the flag if the compiler knows it.
AC_DEFUN([PILEUS_TRY_CFLAG], [
  AC_MSG_CHECKING([whether $CC takes $2])
  pileus_saved=$CFLAGS
  CFLAGS="$CFLAGS -Werror $2"
  AC_COMPILE_IFELSE([AC_LANG_PROGRAM()],
    [AC_MSG_RESULT([yes]); $1="$$1 $2"], [AC_MSG_RESULT([no])])
  CFLAGS=$pileus_saved
])

dnl PILEUS_TRY_LDFLAG(VARIABLE, FLAG): the same for the linker.
AC_DEFUN([PILEUS_TRY_LDFLAG], [
  AC_MSG_CHECKING([whether the linker takes $2])
  pileus_saved=$LDFLAGS
  LDFLAGS="$LDFLAGS $2"
  AC_LINK_IFELSE([AC_LANG_PROGRAM()],
    [AC_MSG_RESULT([yes]); $1="$$1 $2"], [AC_MSG_RESULT([no])])
  LDFLAGS=$pileus_saved
])

AC_DEFUN([PILEUS_WARNINGS], [
  WARN_CFLAGS=
  m4_foreach_w([flag], [-Wall -Wextra -Wshadow -Wvla -Wstrict-prototypes
    -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wformat=2],
    [PILEUS_TRY_CFLAG([WARN_CFLAGS], [flag])])
  AS_IF([test "$enable_werror" = yes], [WARN_CFLAGS="$WARN_CFLAGS -Werror"])
  AC_SUBST([WARN_CFLAGS])
  HARDEN_CFLAGS=
  PILEUS_TRY_CFLAG([HARDEN_CFLAGS], [-fvisibility=hidden])
  PILEUS_TRY_CFLAG([HARDEN_CFLAGS], [-fstack-protector-strong])
  AC_SUBST([HARDEN_CFLAGS])
])

AC_DEFUN([PILEUS_LINKER], [
  NOW_LDFLAGS=
  PILEUS_TRY_LDFLAG([NOW_LDFLAGS], [-Wl,-z,relro])
  PILEUS_TRY_LDFLAG([NOW_LDFLAGS], [-Wl,-z,now])
  AC_SUBST([NOW_LDFLAGS])
  NODELETE_LDFLAGS=
  PILEUS_TRY_LDFLAG([NODELETE_LDFLAGS], [-Wl,-z,nodelete])
  AC_SUBST([NODELETE_LDFLAGS])
  AC_MSG_CHECKING([whether the linker takes version scripts])
  echo 'X { global: main; local: *; };' > conftest.map
  pileus_saved=$LDFLAGS
  LDFLAGS="$LDFLAGS -Wl,--version-script=conftest.map"
  AC_LINK_IFELSE([AC_LANG_PROGRAM()],
    [pileus_version_script=yes], [pileus_version_script=no])
  LDFLAGS=$pileus_saved
  rm -f conftest.map
  AC_MSG_RESULT([$pileus_version_script])
  AM_CONDITIONAL([VERSION_SCRIPT], [test "$pileus_version_script" = yes])
])

dnl --enable-sanitizers=address,undefined | thread. Modules are then linked
dnl without -z defs: the sanitizer's own symbols come from the program.
AC_DEFUN([PILEUS_SANITIZERS], [
  AC_ARG_ENABLE([sanitizers],
    [AS_HELP_STRING([--enable-sanitizers=LIST],
      [build with these sanitizers: address,undefined or thread])],
    [], [enable_sanitizers=no])
  SANITIZER_FLAGS=
  DEFS_LDFLAGS=
  AS_CASE([$enable_sanitizers],
    [no], [PILEUS_TRY_LDFLAG([DEFS_LDFLAGS], [-Wl,-z,defs])],
    [yes], [AC_MSG_ERROR([say which: --enable-sanitizers=address,undefined or --enable-sanitizers=thread])],
    [SANITIZER_FLAGS="-fsanitize=$enable_sanitizers -fno-sanitize-recover=all -fno-omit-frame-pointer -g"
     pileus_saved=$LDFLAGS
     LDFLAGS="$LDFLAGS $SANITIZER_FLAGS"
     AC_MSG_CHECKING([whether programs link with $SANITIZER_FLAGS])
     AC_LINK_IFELSE([AC_LANG_PROGRAM()], [AC_MSG_RESULT([yes])],
       [AC_MSG_RESULT([no]); AC_MSG_ERROR([$CC cannot link with -fsanitize=$enable_sanitizers: install its sanitizer runtime])])
     LDFLAGS=$pileus_saved])
  AC_SUBST([SANITIZER_FLAGS])
  AC_SUBST([DEFS_LDFLAGS])
  AS_IF([test "$enable_sanitizers" != no],
    [AC_DEFINE([HAVE_SANITIZERS], [1], [built with sanitizers])])
  AM_CONDITIONAL([SANITIZERS], [test "$enable_sanitizers" != no])
])

AC_DEFUN([PILEUS_COVERAGE], [
  AC_ARG_ENABLE([coverage],
    [AS_HELP_STRING([--enable-coverage], [build for gcov; make coverage prints it])],
    [], [enable_coverage=no])
  COVERAGE_FLAGS=
  AS_IF([test "$enable_coverage" = yes], [COVERAGE_FLAGS="--coverage -O0"])
  AC_SUBST([COVERAGE_FLAGS])
])

AC_DEFUN([AX_PILEUS_PTHREAD], [
  PTHREAD_LIBS=
  AC_CHECK_FUNC([pthread_create], [],
    [AC_CHECK_LIB([pthread], [pthread_create], [PTHREAD_LIBS=-lpthread],
      [AC_MSG_ERROR([POSIX threads are missing])])])
  AC_CHECK_FUNCS([pthread_condattr_setclock])
  AC_SUBST([PTHREAD_LIBS])
])

dnl PILEUS_DRIVER(NAME, [PKG-CONFIG MODULES]): --with-NAME, built by default
dnl when what it needs is there. Sets DRIVER_NAME (conditional), NAME_CFLAGS
dnl and NAME_LIBS.
AC_DEFUN([PILEUS_DRIVER], [
  m4_pushdef([UP], m4_toupper([$1]))
  AC_ARG_WITH([$1],
    [AS_HELP_STRING([--without-$1], [leave the driver $1 out])],
    [], [with_$1=auto])
  AS_IF([test "$with_$1" != no],
    [m4_if([$2], [], [pileus_have=yes],
      [PKG_CHECK_MODULES(UP, [$2], [pileus_have=yes], [pileus_have=no])])],
    [pileus_have=no])
  AS_IF([test "$with_$1" = yes && test "$pileus_have" = no],
    [AC_MSG_ERROR([--with-$1 was asked for, but $2 is missing])])
  AS_IF([test "$pileus_have" = yes],
    [pileus_drivers_on="$pileus_drivers_on $1"],
    [AS_IF([test "$with_$1" = no],
      [pileus_drivers_off="$pileus_drivers_off $1"],
      [pileus_drivers_off="$pileus_drivers_off $1 (needs $2)"])])
  AM_CONDITIONAL([DRIVER_]UP, [test "$pileus_have" = yes])
  m4_popdef([UP])
])
