# The bucket that holds the vault. Terraform refuses to destroy it while there is anything in it.

resource "aws_s3_bucket" "backup" {
  count = var.create_bucket ? 1 : 0

  bucket              = var.backup_bucket
  object_lock_enabled = var.object_lock_mode != "OFF"
  tags                = var.tags
}

resource "aws_s3_bucket_versioning" "backup" {
  count = var.create_bucket ? 1 : 0

  bucket = aws_s3_bucket.backup[0].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "backup" {
  count = var.create_bucket ? 1 : 0

  bucket = aws_s3_bucket.backup[0].id

  rule {
    bucket_key_enabled = var.kms_key_arn != ""

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == "" ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn == "" ? null : var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "backup" {
  count = var.create_bucket ? 1 : 0

  bucket                  = aws_s3_bucket.backup[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "backup" {
  count = var.create_bucket ? 1 : 0

  bucket = aws_s3_bucket.backup[0].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "backup" {
  count = var.create_bucket && var.object_lock_mode != "OFF" ? 1 : 0

  bucket     = aws_s3_bucket.backup[0].id
  depends_on = [aws_s3_bucket_versioning.backup]

  rule {
    default_retention {
      mode = var.object_lock_mode
      days = var.object_lock_days
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "backup" {
  count = var.create_bucket ? 1 : 0

  bucket     = aws_s3_bucket.backup[0].id
  depends_on = [aws_s3_bucket_versioning.backup]

  # No rule expires a current object: that is for the cleanup function, which knows what still needs it.
  rule {
    id     = "data-files-to-colder-classes"
    status = "Enabled"

    filter {
      and {
        prefix                   = "${var.s3_exports_prefix}/"
        object_size_greater_than = 131072
      }
    }

    transition {
      storage_class = "STANDARD_IA"
      days          = var.infrequent_after_days
    }

    transition {
      storage_class = "GLACIER_IR"
      days          = var.cold_after_days
    }
  }

  rule {
    id     = "forget-deleted-objects"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.noncurrent_days
    }
  }

  rule {
    id     = "abort-incomplete-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

data "aws_iam_policy_document" "bucket" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.bucket_arn, "${local.bucket_arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "backup" {
  count = var.create_bucket ? 1 : 0

  bucket     = aws_s3_bucket.backup[0].id
  policy     = data.aws_iam_policy_document.bucket.json
  depends_on = [aws_s3_bucket_public_access_block.backup]
}
