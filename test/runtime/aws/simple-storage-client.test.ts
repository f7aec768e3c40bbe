import { sdkClients } from '../../../runtime/aws/sdk-clients';
import { connection } from '../lambda/shapes';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret of the example' };
const AccountId = '111122223333';
const Mrap = `arn:aws:s3::${AccountId}:accesspoint/mfzwi23gnjvgw.mrap`;

/** Where the call goes, how, and for which Region it is signed. */
async function sentBy(operation: string, input: object): Promise<unknown> {
  const { requestHandler, sent } = connection([{ status: 200, body: '' }]);
  const client = await sdkClients(() => ({ region: 'eu-central-1', credentials, requestHandler }))(
    's3',
    AccountId,
    'eu-central-1',
  );
  await client[operation]?.(input).catch(() => undefined);
  const [request] = sent;
  const { authorization = '' } = (request?.headers ?? {}) as { authorization?: string };
  return [sent.length, request?.method, request?.hostname, /Credential=[^/]+\/\d+\/([^/]+)/.exec(authorization)?.[1]];
}

const ofBucket = [1, 'GET', 'shop-images.s3.eu-central-1.amazonaws.com', 'eu-central-1'];
const control = (region: string) => `${AccountId}.s3-control.${region}.amazonaws.com`;

it.each([
  ['getBucketAcl', { Bucket: 'shop-images' }, ofBucket],
  ['getBucketPolicyStatus', { Bucket: 'shop-images' }, ofBucket],
  ['getBucketReplication', { Bucket: 'shop-images' }, ofBucket],
  ['getBucketTagging', { Bucket: 'shop-images' }, ofBucket],
  ['getBucketWebsite', { Bucket: 'shop-images' }, ofBucket],
  ['getPublicAccessBlock', { Bucket: 'shop-images' }, ofBucket],
  [
    'putPublicAccessBlock',
    { Bucket: 'shop-images', PublicAccessBlockConfiguration: {} },
    [1, 'PUT', 'shop-images.s3.eu-central-1.amazonaws.com', 'eu-central-1'],
  ],
  ['getPublicAccessBlock', { AccountId }, [1, 'GET', control('eu-central-1'), 'eu-central-1']],
  [
    'getMultiRegionAccessPointRoutes',
    { AccountId, Mrap, Through: 'us-west-2' },
    [1, 'GET', control('us-west-2'), 'us-west-2'],
  ],
  [
    'submitMultiRegionAccessPointRoutes',
    { AccountId, Mrap, RouteUpdates: [], Through: 'eu-west-1' },
    [1, 'PATCH', control('eu-west-1'), 'eu-west-1'],
  ],
])('%s %j goes where its input says, once', async (operation, input, expected) => {
  expect(await sentBy(operation, input)).toEqual(expected);
});
