import { iamActions } from '../../../remediations/iam-action';
import type { SeenCall } from '../seen-calls';
import { texts, type Arns, type Input } from './resource';

const bucket: Arns = ({ Bucket }) => texts(Bucket).map((name) => `arn:aws:s3:::${name}`);
const accessPoint: Arns = ({ Mrap }) => texts(Mrap);

/** What AWS asks IAM about for each of its operations. The block of a whole account is of no resource. */
export const resources: Readonly<Record<string, Arns>> = {
  's3:GetBucketAcl': bucket,
  's3:GetBucketPolicyStatus': bucket,
  's3:GetBucketReplication': bucket,
  's3:GetBucketTagging': bucket,
  's3:GetBucketWebsite': bucket,
  's3:GetPublicAccessBlock': bucket,
  's3:PutPublicAccessBlock': bucket,
  's3:GetMultiRegionAccessPointRoutes': accessPoint,
  's3:SubmitMultiRegionAccessPointRoutes': accessPoint,
};

/** The name by which AWS asks IAM about a call: where an operation has two, its input tells which. */
export function actionOf({ action, input }: Pick<SeenCall, 'action' | 'input'>): string {
  const [name = action, ofAccount = name] = iamActions(action);
  return (input as Input)['AccountId'] === undefined ? name : ofAccount;
}
