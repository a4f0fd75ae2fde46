/* The EC2 driver against a provider of its own: making instances. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_asking.h"
#include "tests/plugins/ec2_support.h"

/* ---- creating -------------------------------------------------------------
 */

static pileus_code
create(pileus_node **node, pileus_connection *conn, const char *token,
       const char *const *options, pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_code code;

    expect_ok(pileus_node_spec_new(&spec, err), *err);
    expect_ok(pileus_node_spec_set_name(spec, "a b&c", err), *err);
    expect_ok(pileus_node_spec_set_size(spec, "t3.micro", err), *err);
    expect_ok(pileus_node_spec_set_image(spec, "ami-7", err), *err);
    if (token != NULL) {
        expect_ok(pileus_node_spec_set_token(spec, token, err), *err);
    }
    for (; options != NULL && *options != NULL; options += 2) {
        expect_ok(
            pileus_node_spec_set_option(spec, options[0], options[1], err),
            *err);
    }
    code = pileus_node_create(node, conn, spec, NULL, err);
    pileus_node_spec_free(spec);
    return code;
}

/* Options with their values, and parameters that they become. */
static const struct {
    const char *const options[9];
    const char *const params[8];
} creations[] = {
    {{NULL},
     {"TagSpecification.1.ResourceType=instance",
      "TagSpecification.1.Tag.1.Key=Name",
      "TagSpecification.1.Tag.1.Value=a b&c", "MinCount=1", "MaxCount=1",
      "ImageId=ami-7", "InstanceType=t3.micro"}},
    {{"groups", "sg-1, web"},
     {"SecurityGroupId.1=sg-1", "SecurityGroup.1=web"}},
    {{"groups", "sg-1,sg-2", "subnet", "subnet-1", "private-ip", "10.0.0.9",
      "ipv6-count", "2"},
     {"SecurityGroupId.1=sg-1", "SecurityGroupId.2=sg-2", "SubnetId=subnet-1",
      "PrivateIpAddress=10.0.0.9", "Ipv6AddressCount=2"}},
    {{"public-ip", "true", "groups", "sg-1", "subnet", "subnet-1", "ipv6-count",
      "1"},
     {"NetworkInterface.1.DeviceIndex=0",
      "NetworkInterface.1.AssociatePublicIpAddress=true",
      "NetworkInterface.1.SubnetId=subnet-1",
      "NetworkInterface.1.SecurityGroupId.1=sg-1",
      "NetworkInterface.1.Ipv6AddressCount=1"}},
    {{"spot", "true", "iam-profile", "mine"},
     {"InstanceMarketOptions.MarketType=spot", "IamInstanceProfile.Name=mine"}},
    {{"spot-price", "0.01"},
     {"InstanceMarketOptions.MarketType=spot",
      "InstanceMarketOptions.SpotOptions.MaxPrice=0.01"}},
    {{"spot-type", "persistent", "spot-interruption", "stop"},
     {"InstanceMarketOptions.MarketType=spot",
      "InstanceMarketOptions.SpotOptions.SpotInstanceType=persistent",
      "InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior=stop"}},
    {{"iam-profile", "arn:aws:iam::1:instance-profile/mine", "monitoring",
      "true", "shutdown", "terminate", "ebs-optimized", "true"},
     {"IamInstanceProfile.Arn=arn:aws:iam::1:instance-profile/mine",
      "Monitoring.Enabled=true", "InstanceInitiatedShutdownBehavior=terminate",
      "EbsOptimized=true"}},
    {{"metadata", "enabled", "metadata-tokens", "required", "metadata-hops",
      "2", "metadata-tags", "enabled"},
     {"MetadataOptions.HttpEndpoint=enabled",
      "MetadataOptions.HttpTokens=required",
      "MetadataOptions.HttpPutResponseHopLimit=2",
      "MetadataOptions.InstanceMetadataTags=enabled"}},
    {{"tenancy", "host", "host", "h-1", "placement-group", "near", "credits",
      "unlimited"},
     {"Placement.Tenancy=host", "Placement.HostId=h-1",
      "Placement.GroupName=near", "CreditSpecification.CpuCredits=unlimited"}},
    {{"termination-protection", "true", "stop-protection", "true",
      "hibernation", "true", "enclave", "false"},
     {"DisableApiTermination=true", "DisableApiStop=true",
      "HibernationOptions.Configured=true", "EnclaveOptions.Enabled=false"}},
    {{"cores", "2", "threads-per-core", "1", "auto-recovery", "disabled"},
     {"CpuOptions.CoreCount=2", "CpuOptions.ThreadsPerCore=1",
      "MaintenanceOptions.AutoRecovery=disabled"}},
    {{"launch-template", "lt-1", "launch-template-version", "3"},
     {"LaunchTemplate.LaunchTemplateId=lt-1", "LaunchTemplate.Version=3"}},
    {{"launch-template", "web"}, {"LaunchTemplate.LaunchTemplateName=web"}},
    {{"devices",
      "/dev/sda1=20:gp3:iops-3000:throughput-250:keep,/dev/sdb=none"},
     {"BlockDeviceMapping.1.DeviceName=/dev/sda1",
      "BlockDeviceMapping.1.Ebs.VolumeSize=20",
      "BlockDeviceMapping.1.Ebs.VolumeType=gp3",
      "BlockDeviceMapping.1.Ebs.Iops=3000",
      "BlockDeviceMapping.1.Ebs.Throughput=250",
      "BlockDeviceMapping.1.Ebs.DeleteOnTermination=false",
      "BlockDeviceMapping.2.DeviceName=/dev/sdb",
      "BlockDeviceMapping.2.NoDevice="}},
    {{"devices", "/dev/sdb=snap-1:encrypted:kms-alias/mine:delete,"
                 "/dev/sdc=ephemeral0"},
     {"BlockDeviceMapping.1.DeviceName=/dev/sdb",
      "BlockDeviceMapping.1.Ebs.SnapshotId=snap-1",
      "BlockDeviceMapping.1.Ebs.Encrypted=true",
      "BlockDeviceMapping.1.Ebs.KmsKeyId=alias/mine",
      "BlockDeviceMapping.1.Ebs.DeleteOnTermination=true",
      "BlockDeviceMapping.2.DeviceName=/dev/sdc",
      "BlockDeviceMapping.2.VirtualName=ephemeral0"}},
};

/* All that is wanted is asked for, and nothing else than what every create has:
 * action, version, token, and what the first one wants. */
static void
expect_params(const ec2_mock *mock, const char *const *params, bool first)
{
    size_t lines = 0;
    size_t wanted = first ? 3 : 3 + 7;

    for (size_t n = 0; n < 8 && params[n] != NULL; n++) {
        expect_param(mock->last, params[n]);
        wanted++;
    }
    for (const char *at = mock->last + 1; *at != '\0'; at++) {
        lines += *at == '\n';
    }
    if (lines != wanted) {
        print_error("%zu parameters, not %zu:%s", lines, wanted, mock->last);
    }
    assert_int_equal(lines, wanted);
}

static void
test_create(void **state)
{
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof creations / sizeof creations[0]; i++) {
        pileus_node *node = NULL;
        pileus_error *err = NULL;

        expect_ok(create(&node, conn, NULL, creations[i].options, &err), err);
        assert_string_equal(pileus_node_name(node), "a b&c");
        assert_int_equal(pileus_node_state(node), PILEUS_STATE_PENDING);
        expect_params(mock, creations[i].params, i == 0);
        pileus_node_unref(node);
    }
    assert_int_equal(mock->count, sizeof creations / sizeof creations[0]);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_create_all(void **state)
{
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_size(spec, "t3.micro", &err), err);
    expect_ok(pileus_node_spec_set_image(spec, "ami-7", &err), err);
    expect_ok(pileus_node_spec_set_location(spec, "eu-test-1a", &err), err);
    expect_ok(pileus_node_spec_set_key_name(spec, "mine", &err), err);
    expect_ok(pileus_node_spec_set_user_data(spec, "\0\xff#", 3, &err), err);
    expect_ok(pileus_node_spec_add_tag(spec, "role", "web", &err), err);
    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    expect_param(mock->last, "Placement.AvailabilityZone=eu-test-1a");
    expect_param(mock->last, "KeyName=mine");
    expect_param(mock->last, "UserData=AP8j");
    expect_param(mock->last, "TagSpecification.1.Tag.1.Key=role");
    expect_param(mock->last, "TagSpecification.1.Tag.1.Value=web");
    assert_string_equal(mock_tag_of(mock, 0, "role", false)->value, "web");
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_create_wrong(void **state)
{
    static const struct {
        const char *const options[5];
        const char *words;
    } wrong[] = {
        {{"public-ip", "yes"}, "public-ip is true or false"},
        {{"spot", "1"}, "spot is true or false"},
        {{"public-ip", "false", "groups", "web"}, "named by its id"},
        {{"subnet", "subnet-1", "groups", "web"}, "named by its id"},
        {{"spot", "false", "spot-price", "1"}, "spot-price is for spot"},
        {{"spot-type", "one-time", "spot", "false"}, "spot-type is for spot"},
        {{"devices", "/dev/sda1"}, "DEVICE=WORDS"},
        {{"devices", "=20"}, "DEVICE=WORDS"},
    };
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        pileus_node *node = NULL;
        pileus_error *err = NULL;

        assert_int_equal(create(&node, conn, NULL, wrong[i].options, &err),
                         PILEUS_INVALID_ARGUMENT);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, wrong[i].words);
    }
    assert_int_equal(mock->answered, 0);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* What Amazon refuses, in its words. */
static void
test_create_refused(void **state)
{
    static const struct {
        const char *const options[5];
        const char *code;
    } refused[] = {
        {{"devices", "/dev/sdb=20:iops-100"}, "InvalidParameterCombination"},
        {{"devices", "/dev/sdb=20:io2:throughput-9"},
         "InvalidParameterCombination"},
        {{"devices", "/dev/sdb=20:kms-1"}, "InvalidParameterDependency"},
        {{"devices", "/dev/sdb=none:20"}, "InvalidBlockDeviceMapping"},
        {{"cores", "2"}, "InvalidParameterCombination"},
        {{"spot-interruption", "hibernate"}, "InvalidParameterCombination"},
        {{"spot-type", "one-time", "spot-interruption", "stop"},
         "InvalidParameterCombination"},
    };
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        pileus_node *node = NULL;
        pileus_error *err = NULL;

        assert_int_equal(create(&node, conn, NULL, refused[i].options, &err),
                         PILEUS_INVALID_ARGUMENT);
        assert_string_equal(pileus_error_provider_code(err), refused[i].code);
        pileus_error_free(err);
    }
    assert_int_equal(mock->count, 0);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Without size and image only if a template has them. */
static void
test_create_by_template(void **state)
{
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_new(&spec, &err), err);
    assert_int_equal(pileus_node_create(&node, conn, spec, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "size and an image");
    expect_ok(pileus_node_spec_set_option(spec, "launch-template", "web", &err),
              err);
    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    assert_null(strstr(mock->last, "ImageId"));
    assert_null(strstr(mock->last, "InstanceType"));
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* One token makes one instance, so a create is sent again. */
static void
test_tokens(void **state)
{
    static const char *const tokens[] = {"mine", "another, with blanks"};
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, "retries", "2");

    (void)state;
    for (int i = 0; i < 4; i++) {
        pileus_node *node = NULL;
        pileus_error *err = NULL;

        mock->fails = 1;
        mock->status = i == 0 ? 500 : 503;
        mock->code = i == 0 ? "InternalError" : "RequestLimitExceeded";
        expect_ok(create(&node, conn, tokens[i / 2], NULL, &err), err);
        assert_int_equal(mock->fails, 0);
        assert_int_equal(mock->count, i / 2 + 1);
        pileus_node_unref(node);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* And for another instance it is not to be used. */
static void
test_token_again(void **state)
{
    static const char *const other[] = {"monitoring", "true", NULL};
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(create(&node, conn, "once", NULL, &err), err);
    pileus_node_unref(node);
    assert_int_equal(create(&node, conn, "once", other, &err), PILEUS_CONFLICT);
    assert_string_equal(pileus_error_provider_code(err),
                        "IdempotentParameterMismatch");
    pileus_error_free(err);
    assert_int_equal(mock->count, 1);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- what was just made ---------------------------------------------------
 */

static void
test_settling(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = NULL;
    pileus_node *old = get_node(conn, "i-0");
    pileus_error *err = NULL;

    (void)state;
    expect_ok(create(&node, conn, NULL, NULL, &err), err);
    mock->unknown = 2;
    expect_ok(pileus_node_stop(node, 0, NULL, &err), err);
    assert_int_equal(mock->unknown, 0);
    mock->unknown = 1;
    pileus_node_unref(node);
    node = get_node(conn, "i-1");
    assert_int_equal(mock->unknown, 0);

    mock->unknown = 2;
    assert_int_equal(pileus_node_stop(old, 0, NULL, &err), PILEUS_NOT_FOUND);
    assert_int_equal(mock->unknown, 1);
    pileus_error_free(err);
    pileus_node_unref(old);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_create_all),
        cmocka_unit_test(test_create_wrong),
        cmocka_unit_test(test_create_refused),
        cmocka_unit_test(test_create_by_template),
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_token_again),
        cmocka_unit_test(test_settling),
    };

    return cmocka_run_group_tests_name("plugins/ec2_create", tests, NULL, NULL);
}
