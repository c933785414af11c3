# SPDX-License-Identifier: Apache-2.0
"""Creates a stack of the template in moto, looks at what is there by boto3, updates and deletes it."""

import ast
import io
import json
import sys
import zipfile

import boto3

endpoint, template = sys.argv[1:]
REGION = "eu-west-1"
NAME = "acme"
BUCKET = "acme-backups"


def client(service):
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="conformance",
        aws_secret_access_key="conformance",
    )


def upload_code():
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("empty", "")
    s3 = client("s3")
    s3.create_bucket(Bucket="acme-code", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket="acme-code", Key="dynavault-lambda.zip", Body=code.getvalue())


def parameters(**more):
    values = {
        "CodeBucket": "acme-code",
        "CodeKey": "dynavault-lambda.zip",
        "BackupBucket": BUCKET,
        "DynamodbTables": "orders,customers",
        "CsvTable": "orders",
        "CsvBucket": "acme-code",
        **more,
    }
    return [{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()]


def grants(role):
    iam = client("iam")
    statements = []
    for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        document = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
        # moto keeps the document of a stack's role as Python would print it.
        document = ast.literal_eval(document) if isinstance(document, str) else document
        # In lists moto leaves a hole where CloudFormation leaves AWS::NoValue out.
        statements += filter(None, document["Statement"])
    return {action for statement in statements for action in statement["Action"]}


def check_functions():
    functions = client("lambda")
    roles = {}
    for name, handler in {
        "backup": "BackupHandler",
        "restore": "RestoreHandler",
        "cleanup": "CleanupHandler",
        "csv-loader": "CsvLoaderHandler",
    }.items():
        function = functions.get_function(FunctionName=f"{NAME}-{name}")["Configuration"]
        assert function["Handler"] == f"io.dynavault.lambda.{handler}", function["Handler"]
        assert function["Runtime"] == "java21", function["Runtime"]
        assert function["Timeout"] == 900, function["Timeout"]
        roles[name] = function["Role"].rsplit("/", 1)[1]
        if name == "backup":
            variables = function["Environment"]["Variables"]
            assert json.loads(variables["DYNAMODB_TABLES"]) == ["orders", "customers"], variables
            assert variables["S3_EXPORTS_PREFIX"] == "native-exports", variables
            assert variables["BACKUP_METHOD"] == "export", variables
            assert variables["SNS_TOPIC_ARN"].endswith(f":{NAME}-reports"), variables
    return roles


def check_roles(roles):
    assert "dynamodb:ExportTableToPointInTime" in grants(roles["backup"])
    assert "dynamodb:DeleteBackup" not in grants(roles["backup"])
    assert "dynamodb:DeleteBackup" in grants(roles["cleanup"])
    writes = {"dynamodb:PutItem", "dynamodb:BatchWriteItem", "dynamodb:DeleteItem"}
    assert writes <= grants(roles["restore"])
    assert not writes & grants(roles["backup"]) and not writes & grants(roles["cleanup"])


def check_bucket():
    s3 = client("s3")
    rule = s3.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256", rule


def check_others():
    queues = client("sqs").list_queues().get("QueueUrls", [])
    assert any(queue.endswith(f"/{NAME}-dead-letters") for queue in queues), queues
    topics = [topic["TopicArn"] for topic in client("sns").list_topics()["Topics"]]
    assert any(topic.endswith(f":{NAME}-reports") for topic in topics), topics
    groups = client("logs").describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]
    kept = {group["logGroupName"]: int(group["retentionInDays"]) for group in groups}
    assert kept.get(f"/aws/lambda/{NAME}-backup") == 90, kept


def check_outputs(cloudformation):
    stack = cloudformation.describe_stacks(StackName=NAME)["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    assert outputs["Vault"] == f"s3://{BUCKET}/native-exports", outputs


def main():
    upload_code()
    cloudformation = client("cloudformation")
    with open(template, encoding="utf-8") as file:
        body = file.read()
    cloudformation.validate_template(TemplateBody=body)
    cloudformation.create_stack(
        StackName=NAME,
        TemplateBody=body,
        Parameters=parameters(),
        Capabilities=["CAPABILITY_IAM"],
    )
    check_roles(check_functions())
    check_bucket()
    check_others()
    check_outputs(cloudformation)
    cloudformation.delete_stack(StackName=NAME)


main()
