/* What the suite's own EC2 may be asked, by the API Reference. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_asking.h"

/* ---- answers that are always the same -------------------------------------
 */

#define SNAPSHOT                                                               \
    "<snapshotId>snap-1</snapshotId><volumeId>vol-1</volumeId><status>pending" \
    "</status><startTime>2026-01-02T03:04:05.000Z</startTime><volumeSize>10"   \
    "</volumeSize>"
#define TYPES                                                                  \
    "<instanceTypeSet><item><instanceType>t3.micro</instanceType>"             \
    "<currentGeneration>true</currentGeneration><instanceStorageSupported>"    \
    "false</instanceStorageSupported><vCpuInfo><defaultVCpus>2</defaultVCpus>" \
    "</vCpuInfo><memoryInfo><sizeInMiB>1024</sizeInMiB></memoryInfo>"          \
    "<processorInfo><supportedArchitectures><item>x86_64</item>"               \
    "</supportedArchitectures></processorInfo></item><item><instanceType>"     \
    "m5d.large</instanceType><instanceStorageInfo><totalSizeInGB>75"           \
    "</totalSizeInGB></instanceStorageInfo></item></instanceTypeSet>"

/* ---- what may be asked ----------------------------------------------------
 */

/* "!" is for what must be there, ".N" for a number of 1 or more; behind "=" are
 * values: as fnmatch(3) has it, or by their kind. */
#define BOOL "true|false"
#define FILTERS "Filter.N.Name Filter.N.Value.N=%any "
#define PAGES(most) "MaxResults=%5-" most " NextToken "
#define TAGS(kind)                                                             \
    "TagSpecification.N.ResourceType=" kind                                    \
    " TagSpecification.N.Tag.N.Key TagSpecification.N.Tag.N.Value=%any "
#define INSTANCES "!InstanceId.N=i-* "
#define TYPE "standard|io1|io2|gp2|gp3|st1|sc1"
#define DISK "BlockDeviceMapping.N."
#define SPOT "InstanceMarketOptions."
#define NETWORK "NetworkInterface.N."

static const mock_action actions[] = {
    {"DescribeInstances", "GET", "InstanceId.N=i-* " FILTERS PAGES("1000"),
     mock_describe, NULL},
    {"RunInstances", "POST",
     "!ClientToken=%token ImageId=ami-* InstanceType=*.* !MinCount=1 "
     "!MaxCount=1 KeyName UserData=%base64 Placement.AvailabilityZone "
     "Placement.Tenancy=default|dedicated|host Placement.GroupName "
     "Placement.HostId=h-* " TAGS(
         "instance") "SecurityGroupId.N=sg-* "
                     "SecurityGroup.N SubnetId=subnet-* "
                     "PrivateIpAddress=*.*.*.* "
                     "Ipv6AddressCount=%int " NETWORK
                     "DeviceIndex=%int " NETWORK
                     "AssociatePublicIpAddress=" BOOL " " NETWORK
                     "SubnetId=subnet-* " NETWORK
                     "PrivateIpAddress=*.*.*.* " NETWORK
                     "Ipv6AddressCount=%int " NETWORK
                     "SecurityGroupId.N=sg-* " DISK "DeviceName " DISK
                     "NoDevice=%empty " DISK "VirtualName=ephemeral* " DISK
                     "Ebs.VolumeSize=%int " DISK "Ebs.VolumeType=" TYPE " " DISK
                     "Ebs.Iops=%int " DISK "Ebs.Throughput=%int " DISK
                     "Ebs.SnapshotId=snap-* " DISK "Ebs.Encrypted=" BOOL
                     " " DISK "Ebs.KmsKeyId " DISK
                     "Ebs.DeleteOnTermination=" BOOL " " SPOT
                     "MarketType=spot " SPOT
                     "SpotOptions.MaxPrice=%decimal " SPOT
                     "SpotOptions.SpotInstanceType=one-time|persistent " SPOT
                     "SpotOptions.InstanceInterruptionBehavior=hibernate|stop|"
                     "terminate "
                     "IamInstanceProfile.Name IamInstanceProfile.Arn=arn:* "
                     "EbsOptimized=" BOOL " Monitoring.Enabled=" BOOL
                     " InstanceInitiatedShutdownBehavior=stop|terminate "
                     "MetadataOptions.HttpTokens=optional|required "
                     "MetadataOptions.HttpEndpoint=enabled|disabled "
                     "MetadataOptions.HttpPutResponseHopLimit=%1-64 "
                     "MetadataOptions.InstanceMetadataTags=enabled|disabled "
                     "DisableApiTermination=" BOOL " DisableApiStop=" BOOL
                     " HibernationOptions.Configured=" BOOL
                     " EnclaveOptions.Enabled=" BOOL
                     " MaintenanceOptions.AutoRecovery=default|disabled "
                     "CreditSpecification.CpuCredits=standard|unlimited "
                     "CpuOptions.CoreCount=%int CpuOptions.ThreadsPerCore=%1-2 "
                     "LaunchTemplate.LaunchTemplateId=lt-* "
                     "LaunchTemplate.LaunchTemplateName "
                     "LaunchTemplate.Version",
     mock_run, NULL},
    {"RebootInstances", "POST", INSTANCES, mock_reboot, NULL},
    {"StartInstances", "POST", INSTANCES, mock_command, NULL},
    {"StopInstances", "POST", INSTANCES "Force=" BOOL " Hibernate=" BOOL,
     mock_command, NULL},
    {"TerminateInstances", "POST", INSTANCES, mock_command, NULL},
    {"ModifyInstanceAttribute", "POST",
     "!InstanceId=i-* InstanceType.Value=*.*", mock_modify, NULL},
    {"CreateReplaceRootVolumeTask", "POST",
     "!InstanceId=i-* ImageId=ami-* ClientToken=%token "
     "DeleteReplacedRootVolume=" BOOL,
     mock_replace_root, NULL},
    {"GetConsoleOutput", "GET", "!InstanceId=i-* Latest=" BOOL, mock_console,
     NULL},
    {"CreateTags", "POST", "!ResourceId.N=*-* !Tag.N.Key Tag.N.Value=%any",
     mock_tag, NULL},
    {"DeleteTags", "POST", "!ResourceId.N=*-* Tag.N.Key Tag.N.Value=%any",
     mock_tag, NULL},
    {"DescribeAddresses", "GET",
     "AllocationId.N=eipalloc-* PublicIp.N=*.*.*.* " FILTERS,
     mock_describe_addresses, NULL},
    {"AllocateAddress", "POST",
     "Domain=vpc|standard PublicIpv4Pool=amazon|ipv4pool-ec2-* "
     "IpamPoolId=ipam-pool-* CustomerOwnedIpv4Pool=ipv4pool-coip-*",
     mock_allocate, NULL},
    {"AssociateAddress", "POST",
     "AllocationId=eipalloc-* PublicIp=*.*.*.* InstanceId=i-* "
     "AllowReassociation=" BOOL,
     mock_associate, NULL},
    {"DisassociateAddress", "POST", "AssociationId=eipassoc-* PublicIp=*.*.*.*",
     mock_disassociate, NULL},
    {"ReleaseAddress", "POST", "AllocationId=eipalloc-* PublicIp=*.*.*.*",
     mock_release, NULL},
    {"DescribeAvailabilityZones", "GET", FILTERS, NULL,
     "<availabilityZoneInfo><item><zoneName>" ZONE
     "</zoneName><zoneState>available</zoneState></item>"
     "</availabilityZoneInfo>"},
    {"DescribeInstanceTypes", "GET", FILTERS PAGES("100"), NULL, TYPES},
    {"DescribeImages", "GET", "ImageId.N=ami-* Owner.N " FILTERS PAGES("1000"),
     NULL,
     "<imagesSet><item><imageId>ami-7</imageId><name>seven &amp; more</name>"
     "<isPublic>false</isPublic><tagSet/></item></imagesSet>"},
    {"CreateImage", "POST", "!InstanceId=i-* !Name Description NoReboot=" BOOL,
     NULL, "<imageId>ami-8</imageId>"},
    {"DeregisterImage", "POST", "!ImageId=ami-*", NULL,
     "<return>true</return>"},
    {"DescribeVolumes", "GET", FILTERS PAGES("500"), mock_describe_volumes,
     NULL},
    {"CreateVolume", "POST",
     "!ClientToken=%token !AvailabilityZone Size=%1-65536 SnapshotId=snap-* "
     "VolumeType=" TYPE " Iops=%int Throughput=%int Encrypted=" BOOL
     " KmsKeyId " TAGS("volume"),
     mock_create_volume, NULL},
    {"DeleteVolume", "POST", "!VolumeId=vol-*", mock_delete_volume, NULL},
    {"AttachVolume", "POST", "!VolumeId=vol-* !InstanceId=i-* !Device=/dev/*",
     mock_attach_volume, NULL},
    {"DetachVolume", "POST", "!VolumeId=vol-*", mock_detach_volume, NULL},
    {"DescribeSnapshots", "GET", "Owner.N " FILTERS PAGES("1000"), NULL,
     "<snapshotSet><item>" SNAPSHOT "</item></snapshotSet>"},
    {"CreateSnapshot", "POST", "!VolumeId=vol-* " TAGS("snapshot"), NULL,
     SNAPSHOT},
    {"DeleteSnapshot", "POST", "!SnapshotId=snap-*", NULL,
     "<return>true</return>"},
    {"DescribeKeyPairs", "GET", "KeyName.N IncludePublicKey=" BOOL " " FILTERS,
     mock_describe_keys, NULL},
    {"CreateKeyPair", "POST", "!KeyName", mock_make_key, NULL},
    {"ImportKeyPair", "POST", "!KeyName !PublicKeyMaterial=%base64",
     mock_make_key, NULL},
    {"DeleteKeyPair", "POST", "!KeyName", NULL, "<return>true</return>"},
};

const mock_action *
mock_find_action(const char *name)
{
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (strcmp(actions[i].action, name) == 0) {
            return &actions[i];
        }
    }
    return NULL;
}
