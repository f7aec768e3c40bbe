/** Operations of the SDK whose leave IAM gives by another name, or by two. All others it gives by the operation's own. */
const otherwiseNamed: Readonly<Record<string, readonly string[]>> = {
  's3:GetBucketReplication': ['s3:GetReplicationConfiguration'],
  's3:GetPublicAccessBlock': ['s3:GetBucketPublicAccessBlock', 's3:GetAccountPublicAccessBlock'],
  's3:PutPublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
};

/** What a policy has to allow to whoever makes this call, by service and operation. */
export function iamActions(call: string): readonly string[] {
  return otherwiseNamed[call] ?? [call];
}
