# Tables that Terraform makes, each with a stream whose changes a function of its own captures into one vault, beside the
# nightly backups.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.70"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

variable "code_bucket" {
  type = string
}

variable "code_key" {
  type = string
}

resource "aws_dynamodb_table" "shop" {
  for_each = toset(["orders", "customers"])

  name             = "prod-${each.key}"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "pk"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "pk"
    type = "S"
  }
}

module "dynavault" {
  source = "../.."

  code_bucket        = var.code_bucket
  code_key           = var.code_key
  backup_bucket      = "acme-prod-backups"
  backup_method      = "scan"
  tables             = [for table in aws_dynamodb_table.shop : table.name]
  notification_email = "operations@example.com"
}

module "continuous" {
  source   = "../../modules/continuous"
  for_each = aws_dynamodb_table.shop

  name          = "dynavault-${each.key}"
  code_bucket   = var.code_bucket
  code_key      = var.code_key
  backup_bucket = "acme-prod-backups"
  table_name    = each.value.name
  stream_arn    = each.value.stream_arn
  topic_arn     = module.dynavault.topic_arn
}
