/* The EC2 driver against a provider of its own: making instances. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

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

static void
test_create(void **state)
{
    static const struct {
        const char *const options[8];
        const char *const params[8];
    } creations[] = {
        {{NULL},
         {"TagSpecification.1.ResourceType=instance",
          "TagSpecification.1.Tag.1.Key=Name",
          "TagSpecification.1.Tag.1.Value=a b&c", "MinCount=1", "MaxCount=1",
          "ImageId=ami-7", "InstanceType=t3.micro"}},
        {{"groups", "sg-1, web", "subnet", "subnet-1", "private-ip",
          "10.0.0.9"},
         {"SecurityGroupId.1=sg-1", "SecurityGroup.1=web", "SubnetId=subnet-1",
          "PrivateIpAddress=10.0.0.9"}},
        {{"public-ip", "true", "groups", "sg-1", "subnet", "subnet-1"},
         {"NetworkInterface.1.DeviceIndex=0",
          "NetworkInterface.1.AssociatePublicIpAddress=true",
          "NetworkInterface.1.SubnetId=subnet-1",
          "NetworkInterface.1.SecurityGroupId.1=sg-1"}},
        {{"spot", "true", "spot-price", "0.01", "iam-profile", "mine"},
         {"InstanceMarketOptions.MarketType=spot",
          "InstanceMarketOptions.SpotOptions.MaxPrice=0.01",
          "IamInstanceProfile.Name=mine"}},
        {{"iam-profile", "arn:aws:iam::1:instance-profile/mine", "monitoring",
          "true", "shutdown", "terminate"},
         {"IamInstanceProfile.Arn=arn:aws:iam::1:instance-profile/mine",
          "Monitoring.Enabled=true",
          "InstanceInitiatedShutdownBehavior=terminate"}},
        {{"devices", "/dev/sda1=20:gp3:iops-3000:keep,/dev/sdb=none"},
         {"BlockDeviceMapping.1.DeviceName=/dev/sda1",
          "BlockDeviceMapping.1.Ebs.VolumeSize=20",
          "BlockDeviceMapping.1.Ebs.VolumeType=gp3",
          "BlockDeviceMapping.1.Ebs.Iops=3000",
          "BlockDeviceMapping.1.Ebs.DeleteOnTermination=false",
          "BlockDeviceMapping.2.NoDevice="}},
        {{"devices", "/dev/sdb=snap-1:encrypted:delete,/dev/sdc=ephemeral0"},
         {"BlockDeviceMapping.1.Ebs.SnapshotId=snap-1",
          "BlockDeviceMapping.1.Ebs.Encrypted=true",
          "BlockDeviceMapping.1.Ebs.DeleteOnTermination=true",
          "BlockDeviceMapping.2.VirtualName=ephemeral0"}},
    };
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof creations / sizeof creations[0]; i++) {
        pileus_node *node = NULL;
        pileus_error *err = NULL;
        const char *options[8];
        size_t n = 0;

        for (; n < 6 && creations[i].options[n] != NULL; n++) {
            options[n] = creations[i].options[n];
        }
        options[n] = NULL;
        expect_ok(create(&node, conn, NULL, options, &err), err);
        assert_string_equal(pileus_node_name(node), "a b&c");
        assert_int_equal(pileus_node_state(node), PILEUS_STATE_PENDING);
        for (n = 0; creations[i].params[n] != NULL; n++) {
            expect_param(mock->last, creations[i].params[n]);
        }
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
        cmocka_unit_test(test_create),       cmocka_unit_test(test_create_all),
        cmocka_unit_test(test_create_wrong), cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_settling),
    };

    return cmocka_run_group_tests_name("plugins/ec2_create", tests, NULL, NULL);
}
