/* An application in C++, made from what is installed: prints the nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/pileus.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace
{

struct ConnectionUnref {
    void
    operator()(pileus_connection *conn) const
    {
        pileus_connection_unref(conn);
    }
};

struct ErrorFree {
    void
    operator()(pileus_error *err) const
    {
        pileus_error_free(err);
    }
};

bool
collect(void *user, pileus_node *node)
{
    const char *name = pileus_node_name(node);

    static_cast<std::vector<std::string> *>(user)->push_back(
        name == nullptr ? "" : name);
    return true;
}

} // namespace

int
main(int argc, char **argv)
{
    pileus_connection *opened = nullptr;
    pileus_error *raised = nullptr;
    std::vector<std::string> names;

    pileus_code code =
        pileus_connection_open(&opened, nullptr, argc > 1 ? argv[1] : "dummy",
                               nullptr, nullptr, &raised);
    std::unique_ptr<pileus_connection, ConnectionUnref> conn(opened);
    if (code == PILEUS_OK) {
        code = pileus_node_each(conn.get(), nullptr, collect, &names, nullptr,
                                &raised);
    }
    std::unique_ptr<pileus_error, ErrorFree> err(raised);
    if (code != PILEUS_OK) {
        std::cerr << pileus_error_message(err.get()) << '\n';
        return 1;
    }
    for (const std::string &name : names) {
        std::cout << name << '\n';
    }
    return 0;
}
