import type { Route53 } from '@aws-sdk/client-route-53';
import { S3, type S3ClientConfig } from '@aws-sdk/client-s3';
import { S3Control } from '@aws-sdk/client-s3-control';
import type { Builders } from './place';

type Settings = Pick<S3ClientConfig, 'region' | 'endpoint' | 'credentials'>;

/** An emulator has one host for all buckets and accounts. */
export const oneHost = { forcePathStyle: true, disableHostPrefix: true } as const;

const everybody = (name: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${name}/*` }],
  });

/** Makes buckets of an emulator with SDK calls, and an access point in front of them. */
export function bucketBuilders(settings: Settings, account: string): Pick<Builders, 'bucket' | 'accessPoint'> {
  const s3 = new S3({ ...settings, ...oneHost });
  const control = new S3Control({ ...settings, ...oneHost });
  return {
    async bucket({ name, policy, list = 'private', website = false, tags = {} }) {
      const LocationConstraint = 'eu-central-1';
      await s3.createBucket({
        Bucket: name,
        CreateBucketConfiguration: { LocationConstraint },
        ObjectOwnership: 'ObjectWriter',
      });
      await s3.deletePublicAccessBlock({ Bucket: name });
      if (policy === 'public') await s3.putBucketPolicy({ Bucket: name, Policy: everybody(name) });
      if (list === 'public') await s3.putBucketAcl({ Bucket: name, ACL: 'public-read' });
      const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
      if (website) await s3.putBucketWebsite({ Bucket: name, WebsiteConfiguration });
      const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      if (TagSet.length > 0) await s3.putBucketTagging({ Bucket: name, Tagging: { TagSet } });
    },
    async accessPoint(buckets) {
      await control.createMultiRegionAccessPoint({
        AccountId: account,
        ClientToken: 'contract',
        Details: { Name: 'shop', Regions: buckets.map((Bucket) => ({ Bucket })) },
      });
      const { AccessPoint } = await control.getMultiRegionAccessPoint({ AccountId: account, Name: 'shop' });
      return given(AccessPoint?.Alias, 'access point');
    },
  };
}

/** Makes names of an emulator with SDK calls. No emulator has a cluster of routing controls. */
export function nameBuilders(route53: Route53): Pick<Builders, 'weightedName' | 'healthCheck' | 'routingControls'> {
  return {
    async weightedName(name, weights) {
      const { HostedZone } = await route53.createHostedZone({ Name: 'shop.example', CallerReference: name });
      const Id = given(HostedZone?.Id, 'hosted zone').replace('/hostedzone/', '');
      await route53.changeResourceRecordSets({
        HostedZoneId: Id,
        ChangeBatch: {
          Changes: Object.entries(weights).map(([SetIdentifier, Weight]) => ({
            Action: 'CREATE' as const,
            ResourceRecordSet: {
              Name: name,
              Type: 'A' as const,
              SetIdentifier,
              Weight,
              TTL: 60,
              ResourceRecords: [{ Value: '203.0.113.10' }],
            },
          })),
        },
      });
      return Id;
    },
    async healthCheck({ address, tags = {} }) {
      const { HealthCheck } = await route53.createHealthCheck({
        CallerReference: address,
        HealthCheckConfig: { Type: 'HTTPS', IPAddress: address, Port: 443 },
      });
      const id = given(HealthCheck?.Id, 'health check');
      const AddTags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      if (AddTags.length > 0) {
        await route53.changeTagsForResource({ ResourceType: 'healthcheck', ResourceId: id, AddTags });
      }
      return id;
    },
    routingControls: () => Promise.reject(new Error('an emulator has no routing controls')),
  };
}

function given(value: string | undefined, what: string): string {
  if (value === undefined) throw new Error(`the emulator made no ${what}`);
  return value;
}
