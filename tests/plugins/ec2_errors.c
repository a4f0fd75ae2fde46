/* The EC2 driver against a provider of its own: what its codes mean. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_support.h"

#include <stdlib.h>

/* Codes of the page "Error codes for the Amazon EC2 API", by what they come to.
 */
static const struct {
    const char *codes; /* with blanks between */
    pileus_code wanted;
    bool retryable;
} failures[] = {
    {"AuthFailure ExpiredToken ExpiredTokenException IncompleteSignature "
     "InvalidClientTokenId MissingAuthenticationToken RequestExpired "
     "SignatureDoesNotMatch UnrecognizedClientException",
     PILEUS_AUTHENTICATION, false},
    {"Blocked OptInRequired PendingVerification TagPolicyViolation "
     "UnauthorizedOperation",
     PILEUS_PERMISSION, false},
    {"EC2ThrottledException RequestLimitExceeded RequestThrottled "
     "RequestThrottledException Throttling ThrottlingException "
     "SnapshotCreationPerVolumeRateExceeded VolumeModificationRateExceeded",
     PILEUS_RATE_LIMITED, true},
    {"AddressLimitExceeded AttachmentLimitExceeded "
     "ConcurrentSnapshotLimitExceeded InstanceLimitExceeded "
     "InsufficientFreeAddressesInSubnet "
     "InvalidInterface.IpAddressLimitExceeded "
     "MaxIOPSLimitExceeded MaxSpotFleetRequestCountExceeded "
     "MaxSpotInstanceCountExceeded ResourceCountExceeded ResourceLimitExceeded "
     "SecurityGroupsPerInstanceLimitExceeded SnapshotLimitExceeded "
     "TagLimitExceeded VcpuLimitExceeded VolumeIOPSLimit VolumeLimitExceeded",
     PILEUS_QUOTA, false},
    {"InternalError InternalFailure InternalServerError ServiceUnavailable "
     "Unavailable",
     PILEUS_UNAVAILABLE, true},
    {"InsufficientAddressCapacity InsufficientCapacity "
     "InsufficientCapacityOnHost InsufficientHostCapacity "
     "InsufficientInstanceCapacity InsufficientReservedInstanceCapacity "
     "InsufficientVolumeCapacity SpotMaxPriceTooLow",
     PILEUS_UNAVAILABLE, false},
    {"DefaultVpcDoesNotExist InvalidAddress.NotFound "
     "InvalidAllocationID.NotFound InvalidAMIID.Malformed "
     "InvalidAMIID.NotFound InvalidAMIID.Unavailable "
     "InvalidAssociationID.NotFound InvalidAttachment.NotFound "
     "InvalidGroup.NotFound InvalidHostID.NotFound "
     "InvalidInstanceID.Malformed InvalidInstanceID.NotFound "
     "InvalidKeyPair.NotFound InvalidLaunchTemplateId.NotFound "
     "InvalidLaunchTemplateName.NotFoundException "
     "InvalidPlacementGroup.Unknown InvalidSnapshot.NotFound "
     "InvalidSnapshotID.Malformed InvalidSubnetID.NotFound "
     "InvalidVolume.NotFound InvalidVolumeID.Malformed InvalidVpcID.NotFound "
     "InvalidZone.NotFound",
     PILEUS_NOT_FOUND, false},
    {"DependencyViolation IdempotentInstanceTerminated "
     "IdempotentParameterMismatch IncorrectInstanceState "
     "IncorrectModificationState IncorrectState InvalidAddress.Locked "
     "InvalidAMIName.Duplicate InvalidDevice.InUse InvalidGroup.InUse "
     "InvalidHostState InvalidInstanceState InvalidIPAddress.InUse "
     "InvalidKeyPair.Duplicate InvalidNetworkInterface.InUse "
     "InvalidSnapshot.InUse InvalidState InvalidStateTransition "
     "InvalidVolumeID.Duplicate OperationNotPermitted Resource.AlreadyAssigned "
     "Resource.AlreadyAssociated VolumeInUse",
     PILEUS_CONFLICT, false},
    {"EncryptedVolumesNotSupported InstanceCreditSpecification.NotSupported "
     "InvalidAction NonEBSInstance Unsupported "
     "UnsupportedHibernationConfiguration UnsupportedHostConfiguration "
     "UnsupportedInstanceAttribute UnsupportedOperation UnsupportedProtocol "
     "UnsupportedTenancy VolumeTypeNotAvailableInZone",
     PILEUS_NOT_SUPPORTED, false},
    {"FilterLimitExceeded InvalidAMIName.Malformed InvalidAvailabilityZone "
     "InvalidBlockDeviceMapping InvalidCharacter InvalidFilter InvalidFormat "
     "InvalidID InvalidInstanceAttributeValue InvalidInstanceType "
     "InvalidKey.Format InvalidNextToken InvalidOption.Conflict "
     "InvalidParameter InvalidParameterCombination InvalidParameterDependency "
     "InvalidParameterValue InvalidQueryParameter InvalidSubnet.Range "
     "InvalidTagKey.Malformed InvalidUserData.Malformed "
     "InvalidVolume.ZoneMismatch MalformedQueryString MissingAction "
     "MissingParameter UnknownParameter ValidationError ZonesMismatched",
     PILEUS_INVALID_ARGUMENT, false},
};

static void
expect_failure(ec2_mock *mock, pileus_connection *conn, const char *code,
               size_t at)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    pileus_code found;

    mock->fails = 1;
    mock->status = failures[at].retryable ? 503 : 400;
    mock->code = code;
    found = pileus_node_list(&list, conn, NULL, NULL, &err);
    if (found != failures[at].wanted ||
        pileus_error_retryable(err) != failures[at].retryable) {
        print_error("%s comes to %s\n", code, pileus_code_name(found));
    }
    assert_int_equal(found, failures[at].wanted);
    assert_int_equal(pileus_error_retryable(err), failures[at].retryable);
    assert_string_equal(pileus_error_provider_code(err), code);
    assert_int_equal(pileus_error_status(err), mock->status);
    assert_string_equal(pileus_error_request_id(err), "r-2");
    pileus_error_free(err);
}

static void
test_codes(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        char *codes = strdup(failures[i].codes);
        char *rest = NULL;

        assert_non_null(codes);
        for (char *code = strtok_r(codes, " ", &rest); code != NULL;
             code = strtok_r(NULL, " ", &rest)) {
            expect_failure(mock, conn, code, i);
        }
        free(codes);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Codes that are none of Amazon's: the status tells. */
static void
test_unknown_codes(void **state)
{
    static const struct {
        int status;
        pileus_code wanted;
    } unknown[] = {{400, PILEUS_INVALID_ARGUMENT}, {401, PILEUS_AUTHENTICATION},
                   {403, PILEUS_PERMISSION},       {404, PILEUS_NOT_FOUND},
                   {409, PILEUS_CONFLICT},         {500, PILEUS_UNAVAILABLE},
                   {503, PILEUS_UNAVAILABLE}};
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        mock->fails = 1;
        mock->status = unknown[i].status;
        mock->code = "NeverHeardOf";
        assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                         unknown[i].wanted);
        assert_string_equal(pileus_error_provider_code(err), "NeverHeardOf");
        pileus_error_free(err);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_unknown_codes),
    };

    return cmocka_run_group_tests_name("plugins/ec2_errors", tests, NULL, NULL);
}
