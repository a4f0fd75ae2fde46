#!/bin/sh
# The command at Amazon EC2, as a new user types it from the manual pages.
# SPDX-License-Identifier: Apache-2.0
# shellcheck source=tests/peer/lib.sh
. "${abs_top_srcdir:?}/tests/peer/lib.sh"
need_driver ec2

page=plugins/ec2/pileus-ec2.7
node=i-4382922a
made=i-2ba64342
pack=$peer/libcloud/ec2/exchanges.jsonl
[ -r "$pack" ] || skip "$pack is not there"

# libcloud asks all by GET; what we ask by POST is answered the same. What it
# never asked is answered as the provider's documentation has it.
jq -c 'select(.scenario == "main" and
        (.request.query.Action | startswith("Describe") | not)) |
    .request.body = (.request.query | to_entries |
        map(.key + "=" + (.value | tostring | @uri)) | join("&")) |
    .request.method = "POST" | .request.query = {}' "$pack" >"$scratch/exchanges"
exchange GET / '{"Action": "DescribeInstanceTypes"}' 200 \
    '<DescribeInstanceTypesResponse><instanceTypeSet><item><instanceType>t3.micro</instanceType><vCpuInfo><defaultVCpus>2</defaultVCpus></vCpuInfo><memoryInfo><sizeInMiB>1024</sizeInMiB></memoryInfo></item></instanceTypeSet></DescribeInstanceTypesResponse>'
exchange GET / '{"Action": "DescribeInstances", "InstanceId.1": "i-99"}' 400 \
    '<Response><Errors><Error><Code>InvalidInstanceID.NotFound</Code><Message>The instance ID i-99 does not exist</Message></Error></Errors><RequestID>r-9</RequestID></Response>'
replay ec2 version,maxresults,nexttoken,owner.1,includepublickey,keyname,keyname.1,filter.1.name,filter.1.value.1,filter.1.value.2,filter.1.value.3,filter.1.value.4,filter.1.value.5,filter.1.value.6,filter.2.name,filter.2.value.1

AWS_ENDPOINT_URL_EC2=$url
AWS_EC2_METADATA_DISABLED=true
export AWS_ENDPOINT_URL_EC2 AWS_EC2_METADATA_DISABLED
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE \
    AWS_REGION AWS_DEFAULT_REGION AWS_SHARED_CREDENTIALS_FILE AWS_CONFIG_FILE
HOME=$scratch/home
export HOME
mkdir -p "$HOME/.aws" || exit 99

# ---- credentials -----------------------------------------------------------------

run node list -d ec2
ends 2
prints_nothing
has err "'region'" AWS_REGION
run node list -d ec2 -O region=us-east-1
ends 2
has err "'key' and 'secret'" .aws/credentials
run driver show ec2
ends 0
has out AWS_ACCESS_KEY_ID AWS_PROFILE AWS_SHARED_CREDENTIALS_FILE \
    metadata-endpoint

# The example of the page, as it stands.
example $page 1
type_in "$(typed)"
ends 0
has out $made pending
lacks out a-word-of-mine

# A profile, with its region; a wrong one is refused, and no secret told.
cat >"$HOME/.aws/credentials" <<'END'
[default]
aws_access_key_id = AKIA0123456789
aws_secret_access_key = a-word-of-mine
[half]
aws_secret_access_key = a-word-of-mine
END
printf '[default]\nregion = us-east-1\n' >"$HOME/.aws/config"
chmod 600 "$HOME/.aws/credentials" "$HOME/.aws/config"
run node list -d ec2 -o id
ends 0
has out $node
run node list -d ec2 -O profile=half -O region=us-east-1
ends 2
has err "line 5" aws_secret_access_key
lacks err a-word-of-mine
run node list -d ec2 -O profile=nobody
ends 2
has err "no profile 'nobody'" .aws/config
chmod 666 "$HOME/.aws/config"
run node list -d ec2
ends 2
has err "chmod go-w"
chmod 600 "$HOME/.aws/config"
run node list -d ec2 --trace
ends 0
has err curl Action=DescribeInstances '[secret]'
lacks err a-word-of-mine

# ---- listings --------------------------------------------------------------------

for noun in node size image location volume; do
    every_format id $noun list -d ec2
done
every_format name keypair list -d ec2
run node list -d ec2 -o json
query '.[0] | keys_unsorted' '["id","name","state","public_ips","private_ips","driver","connection","size","image","created_at","uuid","extra"]'
query '.[0].driver' '"ec2"'
run size list -d ec2 -o csv --columns id,ram,vcpus
ends 0
prints <<END
id,ram,vcpus
t3.micro,1024,2
END

# ---- what changes ----------------------------------------------------------------

run node show $node -d ec2 -o id
ends 0
prints <<END
$node
END
run node show i-99 -d ec2
ends 4
prints_nothing
has err i-99
taken_up $node -d ec2
query .state '"rebooting"'
run node stop $node -d ec2 -o json
ends 0
query .state '"stopping"'
run node start $node -d ec2 -o json
ends 0
query .state '"pending"'
run node destroy $node -d ec2
ends 2
has err --yes
run node destroy $node -d ec2 --yes -o id
ends 0
run volume create -d ec2 --name vol --size 10 --location eu-west-1a -o json
ends 0
query .id '"vol-4d826724"'
run keypair create -d ec2 --name test-keypair --columns name,private_key
ends 0
has out my-key-pair BEGIN
run keypair delete gsg-keypair --yes -d ec2
ends 0
run image show ami-57ba933a -d ec2 -o id
ends 0
has out ami-57ba933a

# Nothing was asked that nobody knows.
if [ -s "$scratch/ec2.unmatched" ]; then
    fail "requests without an answer"
    sed 's/^/  /' "$scratch/ec2.unmatched"
fi
finish
