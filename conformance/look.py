# SPDX-License-Identifier: Apache-2.0
"""What boto3 sees in moto of what Dynavault has made, and the other way round.

    look.py table NAME              creates a table with settings, a bucket, and items of every type
    look.py texts NAME              the same with items of ASCII texts and numbers only
    look.py same TABLE TABLE        compares the items of two tables, one by one
    look.py settings TABLE TABLE    compares what a restore has to put back
    look.py backup TABLE            an on-demand backup as Dynavault names them
    look.py no-backup TABLE         there is none
    look.py pitr TABLE STATE DAYS   point-in-time recovery is ENABLED, or DISABLED
    look.py files TABLE             the files of a table's newest backup by scan, against the table
    look.py manifests PREFIX TABLE  writes the manifests that moto's export leaves out
    look.py plan NAME DAYS          a backup plan with a daily rule at 03:00 in Berlin
    look.py make-plan NAME          makes a plan by boto3
    look.py no-plan NAME            there is none
    look.py clear TABLE             deletes all items
    look.py count TABLE NUMBER      how many items there are
    look.py object KEY TEXT         an object of the bucket that has a text in it
    look.py upload KEY TEXT         puts one there
"""

import base64
import gzip
import hashlib
import json
import re
import sys

import boto3

BUCKET = "vaults"
FOLDER = "acme"
LARGEST = "9" * 38

dynamodb = boto3.client("dynamodb")
s3 = boto3.client("s3")
backup = boto3.client("backup")


def every_type(number):
    return {
        "id": {"S": f"order-{number}"},
        "at": {"N": str(number)},
        "state": {"S": "open" if number % 2 else "sent"},
        "text": {"S": "Grüße, 世界 \U0001f600 \"quoted\" \\ \n\t"},
        "empty": {"S": ""},
        "bytes": {"B": bytes(range(number % 256))},
        "no-bytes": {"B": b""},
        "largest": {"N": LARGEST},
        "smallest": {"N": "-" + LARGEST},
        "fraction": {"N": "0." + "1" * 38},
        "yes": {"BOOL": True},
        "no": {"BOOL": False},
        "nothing": {"NULL": True},
        "words": {"SS": ["a", "ä", "z" * 100]},
        "numbers": {"NS": ["1", "-2.5", LARGEST]},
        "blobs": {"BS": [b"\x00\x01", b"\xff" * 10]},
        "list": {"L": [{"N": "1"}, {"L": []}, {"M": {}}, {"NULL": True}, {"B": b"x"}]},
        "map": {"M": {"Item": {"M": {"S": {"S": "S"}}}, "dotted.name": {"N": "0"}}},
    }


def table(name, item=every_type):
    if BUCKET not in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]:
        s3.create_bucket(Bucket=BUCKET)
    dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "id", "AttributeType": "S"},
            {"AttributeName": "at", "AttributeType": "N"},
            {"AttributeName": "state", "AttributeType": "S"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-state",
                "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        Tags=[{"Key": "stage", "Value": "prod"}],
    )
    dynamodb.update_time_to_live(
        TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"}
    )
    for number in range(40):
        dynamodb.put_item(TableName=name, Item=item(number))


def texts(name):
    table(name, lambda number: {key: every_type(number)[key] for key in ("id", "at", "state", "largest", "numbers")})


def plain(value):
    """An attribute value that can be compared: sets have no order, numbers are compared as written."""
    (kind, content), = value.items()
    if kind in ("SS", "NS", "BS"):
        return kind, sorted(bytes(one) if kind == "BS" else one for one in content)
    if kind == "L":
        return kind, [plain(one) for one in content]
    if kind == "M":
        return kind, {name: plain(one) for name, one in content.items()}
    return kind, bytes(content) if kind == "B" else content


def items(name):
    pages = dynamodb.get_paginator("scan").paginate(TableName=name, ConsistentRead=True)
    return by_key(item for page in pages for item in page["Items"])


def by_key(found):
    found = list(found)
    keyed = {
        (item["id"]["S"], item["at"]["N"]): {name: plain(value) for name, value in item.items()}
        for item in found
    }
    assert len(keyed) == len(found), "a key comes twice"
    return keyed


def equal(left, right):
    assert left.keys() == right.keys(), f"keys in one only: {sorted(left.keys() ^ right.keys())}"
    for key, item in left.items():
        for name in item.keys() | right[key].keys():
            assert item.get(name) == right[key].get(name), f"{key} {name}: {item.get(name)} {right[key].get(name)}"


def same(one, other):
    left = items(one)
    assert left, f"{one} is empty"
    equal(left, items(other))
    print(f"{len(left)} items are the same")


def settings_of(name):
    described = dynamodb.describe_table(TableName=name)["Table"]
    ttl = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    tags = dynamodb.list_tags_of_resource(ResourceArn=described["TableArn"])["Tags"]
    return {
        "keys": described["KeySchema"],
        "indexes": [
            (index["IndexName"], index["KeySchema"], index["Projection"])
            for index in described.get("GlobalSecondaryIndexes", [])
        ],
        "stream": described.get("StreamSpecification"),
        "ttl": (ttl["TimeToLiveStatus"], ttl.get("AttributeName")),
        "tags": sorted((tag["Key"], tag["Value"]) for tag in tags),
    }


def settings(one, other):
    left, right = settings_of(one), settings_of(other)
    assert left == right, f"{left}\n{right}"


def backups(name):
    return dynamodb.list_backups(TableName=name)["BackupSummaries"]


def backup_of(name):
    found, = backups(name)
    assert re.fullmatch(rf"dynavault-{name}-\d{{8}}-\d{{6}}", found["BackupName"]), found
    details = dynamodb.describe_backup(BackupArn=found["BackupArn"])["BackupDescription"]["BackupDetails"]
    assert (details["BackupStatus"], details["BackupType"]) == ("AVAILABLE", "USER"), details


def no_backup(name):
    assert not backups(name), backups(name)


def pitr(name, state, days):
    description = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    found = description["PointInTimeRecoveryDescription"]
    assert found["PointInTimeRecoveryStatus"] == state, found
    assert found.get("RecoveryPeriodInDays", 0) == int(days), found


def read(key):
    return s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()


def keys(prefix):
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
    return [content["Key"] for page in pages for content in page.get("Contents", [])]


def md5(data):
    return base64.b64encode(hashlib.md5(data).digest()).decode()


def binary(value):
    """The bytes of an attribute value in DynamoDB JSON, as boto3 gives them."""
    (kind, content), = value.items()
    if kind == "B":
        return {kind: base64.b64decode(content)}
    if kind == "BS":
        return {kind: [base64.b64decode(one) for one in content]}
    if kind == "L":
        return {kind: [binary(one) for one in content]}
    if kind == "M":
        return {kind: {name: binary(one) for name, one in content.items()}}
    return value


def files(name):
    day = next(key for key in keys(f"{FOLDER}/20") if f"/{name}/AWSDynamoDB/" in key and key.endswith("/manifest-summary.json"))
    folder = day.rsplit("/", 1)[0]
    summary = read(f"{folder}/manifest-summary.json")
    assert read(f"{folder}/manifest-summary.md5").decode().strip() == md5(summary)
    summary = json.loads(summary)
    listed = read(f"{FOLDER}/" + summary["manifestFilesS3Key"].removeprefix(f"{FOLDER}/"))
    assert read(f"{folder}/manifest-files.md5").decode().strip() == md5(listed)
    lines = []
    for entry in map(json.loads, listed.splitlines()):
        data = read(entry["dataFileS3Key"])
        assert md5(data) == entry["md5Checksum"], entry
        content = gzip.decompress(data).decode().splitlines()
        assert len(content) == entry["itemCount"], entry
        lines += content
    assert len(lines) == summary["itemCount"], summary
    found = ({key: binary(value) for key, value in json.loads(line)["Item"].items()} for line in lines)
    equal(items(name), by_key(found))
    print(folder)


def manifests(prefix, name):
    """moto's exports are data files only; these are the manifests that the Developer Guide describes."""
    data_key, = [key for key in keys(prefix) if "/data/" in key]
    data = read(data_key)
    folder = data_key.rsplit("/data/", 1)[0]
    count = len(gzip.decompress(data).splitlines())
    entry = {"itemCount": count, "md5Checksum": md5(data), "etag": hashlib.md5(data).hexdigest(), "dataFileS3Key": data_key}
    listed = json.dumps(entry).encode() + b"\n"
    arn = dynamodb.describe_table(TableName=name)["Table"]["TableArn"]
    summary = {
        "version": "2020-06-30",
        "exportArn": f"{arn}/export/01700000000000-0a1b2c3d",
        "startTime": "2026-01-02T03:04:05.678Z",
        "endTime": "2026-01-02T03:10:05.678Z",
        "tableArn": arn,
        "tableId": "12345678-1234-1234-1234-123456789012",
        "exportTime": "2026-01-02T03:04:05.000Z",
        "s3Bucket": BUCKET,
        "s3Prefix": prefix,
        "s3SseAlgorithm": "AES256",
        "s3SseKmsKeyId": None,
        "manifestFilesS3Key": f"{folder}/manifest-files.json",
        "billedSizeBytes": 0,
        "itemCount": count,
        "outputFormat": "DYNAMODB_JSON",
        "exportType": "FULL_EXPORT",
    }
    for file, content in (("manifest-files", listed), ("manifest-summary", json.dumps(summary).encode())):
        s3.put_object(Bucket=BUCKET, Key=f"{folder}/{file}.json", Body=content)
        s3.put_object(Bucket=BUCKET, Key=f"{folder}/{file}.md5", Body=md5(content).encode())
    print(f"s3://{BUCKET}/{folder}")


def plans():
    return {plan["BackupPlanName"]: plan["BackupPlanId"] for plan in backup.list_backup_plans()["BackupPlansList"]}


def plan(name, days):
    rule, = backup.get_backup_plan(BackupPlanId=plans()[name])["BackupPlan"]["Rules"]
    assert rule["ScheduleExpression"] == "cron(0 3 * * ? *)", rule
    assert rule["ScheduleExpressionTimezone"] == "Europe/Berlin", rule
    assert rule["Lifecycle"] == {"DeleteAfterDays": int(days)}, rule


def make_plan(name):
    backup.create_backup_vault(BackupVaultName="by-boto3")
    rule = {
        "RuleName": "weekly",
        "TargetBackupVaultName": "by-boto3",
        "ScheduleExpression": "cron(0 2 ? * SUN *)",
        "StartWindowMinutes": 60,
        "CompletionWindowMinutes": 600,
        "Lifecycle": {"MoveToColdStorageAfterDays": 30, "DeleteAfterDays": 365},
        "RecoveryPointTags": {"made-by": "boto3"},
    }
    backup.create_backup_plan(BackupPlan={"BackupPlanName": name, "Rules": [rule]}, BackupPlanTags={"team": "shop"})


def no_plan(name):
    assert name not in plans(), plans()


def clear(name):
    for item_id, at in items(name):
        dynamodb.delete_item(TableName=name, Key={"id": {"S": item_id}, "at": {"N": at}})


def count(name, number):
    found = len(items(name))
    assert found == int(number), found


def has_text(key, text):
    found = read(key).decode()
    assert text in found, found


def upload(key, text):
    s3.put_object(Bucket=BUCKET, Key=key, Body=text.encode())


COMMANDS = {
    "table": table,
    "texts": texts,
    "same": same,
    "settings": settings,
    "backup": backup_of,
    "no-backup": no_backup,
    "pitr": pitr,
    "files": files,
    "manifests": manifests,
    "plan": plan,
    "make-plan": make_plan,
    "no-plan": no_plan,
    "clear": clear,
    "count": count,
    "object": has_text,
    "upload": upload,
}

COMMANDS[sys.argv[1]](*sys.argv[2:])
