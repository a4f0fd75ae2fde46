/* Filters that the API Reference of EC2 has for each listing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_asking.h"

static const struct {
    const char *action;
    const char *names; /* with blanks between; "*" stands for anything */
} filters[] = {
    {"DescribeInstances",
     "affinity architecture availability-zone "
     "block-device-mapping.attach-time "
     "block-device-mapping.delete-on-termination "
     "block-device-mapping.device-name block-device-mapping.status "
     "block-device-mapping.volume-id capacity-reservation-id "
     "client-token dns-name group-id group-name "
     "hibernation-options.configured host-id hypervisor "
     "iam-instance-profile.arn image-id instance-id instance-lifecycle "
     "instance-state-code instance-state-name instance-type "
     "instance.group-id instance.group-name ip-address kernel-id "
     "key-name launch-index launch-time metadata-options.http-tokens "
     "metadata-options.http-put-response-hop-limit "
     "metadata-options.http-endpoint monitoring-state "
     "network-interface.addresses.private-ip-address "
     "network-interface.addresses.primary "
     "network-interface.addresses.association.public-ip "
     "network-interface.addresses.association.ip-owner-id "
     "network-interface.association.public-ip "
     "network-interface.association.ip-owner-id "
     "network-interface.association.allocation-id "
     "network-interface.association.association-id "
     "network-interface.attachment.attachment-id "
     "network-interface.attachment.instance-id "
     "network-interface.attachment.instance-owner-id "
     "network-interface.attachment.device-index "
     "network-interface.attachment.status "
     "network-interface.attachment.attach-time "
     "network-interface.attachment.delete-on-termination "
     "network-interface.availability-zone network-interface.description "
     "network-interface.group-id network-interface.group-name "
     "network-interface.ipv6-addresses.ipv6-address "
     "network-interface.mac-address "
     "network-interface.network-interface-id network-interface.owner-id "
     "network-interface.private-dns-name network-interface.requester-id "
     "network-interface.requester-managed network-interface.status "
     "network-interface.source-dest-check network-interface.subnet-id "
     "network-interface.vpc-id outpost-arn owner-id placement-group-name "
     "placement-partition-number platform private-dns-name "
     "private-ip-address product-code product-code.type ramdisk-id "
     "reason requester-id reservation-id root-device-name "
     "root-device-type source-dest-check spot-instance-request-id "
     "state-reason-code state-reason-message subnet-id tenancy "
     "virtualization-type vpc-id tag-key tag:*"},
    {"DescribeImages",
     "architecture block-device-mapping.delete-on-termination "
     "block-device-mapping.device-name block-device-mapping.snapshot-id "
     "block-device-mapping.volume-size block-device-mapping.volume-type "
     "block-device-mapping.encrypted creation-date description "
     "ena-support hypervisor image-id image-type is-public kernel-id "
     "manifest-location name owner-alias owner-id platform product-code "
     "product-code.type ramdisk-id root-device-name root-device-type "
     "state state-reason-code state-reason-message sriov-net-support "
     "virtualization-type tag-key tag:*"},
    {"DescribeVolumes",
     "attachment.attach-time attachment.delete-on-termination "
     "attachment.device attachment.instance-id attachment.status "
     "availability-zone create-time encrypted multi-attach-enabled "
     "fast-restored size snapshot-id status volume-id volume-type "
     "tag-key tag:*"},
    {"DescribeSnapshots",
     "description encrypted owner-alias owner-id progress snapshot-id "
     "start-time status storage-tier volume-id volume-size tag-key tag:*"},
    {"DescribeInstanceTypes",
     "auto-recovery-supported bare-metal burstable-performance-supported "
     "current-generation "
     "ebs-info.ebs-optimized-info.baseline-bandwidth-in-mbps "
     "ebs-info.ebs-optimized-info.baseline-iops "
     "ebs-info.ebs-optimized-info.baseline-throughput-in-mbps "
     "ebs-info.ebs-optimized-info.maximum-bandwidth-in-mbps "
     "ebs-info.ebs-optimized-info.maximum-iops "
     "ebs-info.ebs-optimized-info.maximum-throughput-in-mbps "
     "ebs-info.ebs-optimized-support ebs-info.encryption-support "
     "ebs-info.nvme-support free-tier-eligible hibernation-supported "
     "hypervisor instance-storage-info.disk.count "
     "instance-storage-info.disk.size-in-gb "
     "instance-storage-info.disk.type "
     "instance-storage-info.encryption-support "
     "instance-storage-info.nvme-support "
     "instance-storage-info.total-size-in-gb instance-storage-supported "
     "instance-type memory-info.size-in-mib "
     "network-info.efa-info.maximum-efa-interfaces "
     "network-info.efa-supported network-info.ena-support "
     "network-info.encryption-in-transit-supported "
     "network-info.ipv4-addresses-per-interface "
     "network-info.ipv6-addresses-per-interface "
     "network-info.ipv6-supported network-info.maximum-network-cards "
     "network-info.maximum-network-interfaces "
     "network-info.network-performance "
     "processor-info.supported-architecture "
     "processor-info.sustained-clock-speed-in-ghz supported-boot-mode "
     "supported-root-device-type supported-usage-class "
     "supported-virtualization-type vcpu-info.default-cores "
     "vcpu-info.default-threads-per-core vcpu-info.default-vcpus "
     "vcpu-info.valid-cores vcpu-info.valid-threads-per-core"},
    {"DescribeAvailabilityZones",
     "group-name message opt-in-status parent-zoneID parent-zoneName "
     "region-name state zone-id zone-type zone-name"},
    {"DescribeKeyPairs", "key-pair-id fingerprint key-name tag-key tag:*"},
    {"DescribeAddresses",
     "allocation-id association-id domain instance-id "
     "network-border-group network-interface-id "
     "network-interface-owner-id private-ip-address public-ip tag-key "
     "tag:*"},
};

const char *
mock_filters(const char *action)
{
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
        if (strcmp(filters[i].action, action) == 0) {
            return filters[i].names;
        }
    }
    return "";
}
