/* What an application can ask about a driver: getters of its manifest. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/manifest.h"

const char *
pileus_driver_name(const pileus_driver_info *driver)
{
    return driver == NULL ? NULL : driver->name;
}

const char *
pileus_driver_title(const pileus_driver_info *driver)
{
    return driver == NULL ? NULL : driver->title;
}

const char *
pileus_driver_version(const pileus_driver_info *driver)
{
    return driver == NULL ? NULL : driver->version;
}

const char *
pileus_driver_website(const pileus_driver_info *driver)
{
    return driver == NULL ? NULL : driver->website;
}

const char *
pileus_driver_type(const pileus_driver_info *driver)
{
    return driver == NULL ? NULL : driver->type;
}

const char *
pileus_driver_abi(const pileus_driver_info *driver)
{
    return driver == NULL ? NULL : driver->abi;
}

const char *
pileus_driver_thread_model(const pileus_driver_info *driver)
{
    return driver == NULL ? NULL : pil__thread_model_name(driver->thread_model);
}

const char *
pileus_driver_manifest_path(const pileus_driver_info *driver)
{
    return driver == NULL || driver->linked != NULL ? NULL
                                                    : driver->manifest_path;
}

const char *
pileus_driver_module_path(const pileus_driver_info *driver)
{
    return driver == NULL || driver->linked != NULL ? NULL
                                                    : driver->module_path;
}

size_t
pileus_driver_call_count(const pileus_driver_info *driver)
{
    return driver == NULL ? 0 : driver->call_count;
}

const char *
pileus_driver_call(const pileus_driver_info *driver, size_t i)
{
    return i < pileus_driver_call_count(driver) ? driver->calls[i] : NULL;
}

size_t
pileus_driver_option_count(const pileus_driver_info *driver)
{
    return driver == NULL ? 0 : driver->option_count;
}

const pileus_option_info *
pileus_driver_option(const pileus_driver_info *driver, size_t i)
{
    return i < pileus_driver_option_count(driver) ? &driver->options[i] : NULL;
}
