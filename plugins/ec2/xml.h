/* XML as Amazon's services write it, as a format of pileus. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EC2_XML_H
#define EC2_XML_H

#include <pileus/format.h>

/*
 * The root's content is a dict of its elements, by their names, and so is that
 * of any other element that has elements in it; if the first is called "item",
 * it is a list of them. What has text in it is a string, also where that reads
 * like a number; what has nothing is null, or an empty list if its name ends in
 * "Set". Attributes and namespaces say nothing here.
 *
 * A DTD is refused, and with it all entities but the five of XML itself.
 */
extern const pileus_format ec2_xml;

#endif
