import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { casesOf, refusal } from './case';
import type { Place } from './place';

const TableName = 'orders';
const units = (ReadCapacityUnits: number, WriteCapacityUnits: number) => ({
  ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits },
});

async function describe({ dynamodb }: Place, name = TableName): Promise<TableDescription> {
  return (await dynamodb.describeTable({ TableName: name })).Table ?? {};
}

async function has(place: Place): Promise<unknown> {
  const { ProvisionedThroughput: own, GlobalSecondaryIndexes = [] } = await describe(place);
  const index = GlobalSecondaryIndexes[0]?.ProvisionedThroughput;
  return {
    own: [own?.ReadCapacityUnits, own?.WriteCapacityUnits],
    index: [index?.ReadCapacityUnits, index?.WriteCapacityUnits],
  };
}

async function recovery({ dynamodb }: Place): Promise<unknown> {
  const { ContinuousBackupsDescription: told } = await dynamodb.describeContinuousBackups({ TableName });
  const { PointInTimeRecoveryStatus: status, ...window } = told?.PointInTimeRecoveryDescription ?? {};
  return { backups: told?.ContinuousBackupsStatus, status, hasEarliest: 'EarliestRestorableDateTime' in window };
}

const enabled = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };

export const dynamodbCases = casesOf([
  {
    operation: 'dynamodb:DescribeTable',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ dynamodb }) => refusal(dynamodb.describeTable({ TableName: 'none' })),
  },
  {
    operation: 'dynamodb:DescribeTable',
    name: 'what we read of one is there',
    agreed: { status: 'ACTIVE', hasArn: true, protected: false, index: 'ACTIVE', replicas: 0 },
    seen: async (place) => {
      await place.add.table({ name: TableName });
      const table = await describe(place);
      return {
        status: table.TableStatus,
        hasArn: table.TableArn?.endsWith(':table/orders'),
        protected: table.DeletionProtectionEnabled,
        index: table.GlobalSecondaryIndexes?.[0]?.IndexStatus,
        replicas: table.Replicas?.length ?? 0,
      };
    },
  },
  {
    operation: 'dynamodb:DescribeTable',
    name: 'it and its index have units of their own',
    agreed: { own: [10, 20], index: [30, 40] },
    seen: async (place) => {
      await place.add.table({ name: TableName });
      return has(place);
    },
  },
  {
    operation: 'dynamodb:ListTagsOfResource',
    name: 'the tags of a table are told by its ARN',
    agreed: [{ Key: 'service', Value: 'shop' }],
    seen: async (place) => {
      await place.add.table({ name: TableName, tags: { service: 'shop' } });
      const { TableArn: ResourceArn } = await describe(place);
      return (await place.dynamodb.listTagsOfResource({ ResourceArn })).Tags;
    },
  },
  {
    operation: 'dynamodb:UpdateTable',
    name: 'a table gets other units, and its index keeps its own',
    agreed: { own: [10, 50], index: [30, 40] },
    seen: async (place) => {
      await place.add.table({ name: TableName });
      await place.dynamodb.updateTable({ TableName, ...units(10, 50) });
      await place.settle();
      return has(place);
    },
  },
  {
    operation: 'dynamodb:UpdateTable',
    name: 'an index gets other units, and its table keeps its own',
    agreed: { own: [10, 20], index: [60, 40] },
    seen: async (place) => {
      await place.add.table({ name: TableName });
      await place.dynamodb.updateTable({
        TableName,
        GlobalSecondaryIndexUpdates: [{ Update: { IndexName: 'by-day', ...units(60, 40) } }],
      });
      await place.settle();
      return has(place);
    },
  },
  {
    operation: 'dynamodb:UpdateTable',
    name: 'a table that is switched to on-demand has no units',
    agreed: { mode: 'PAY_PER_REQUEST', isDated: true, has: { own: [0, 0], index: [0, 0] } },
    seen: async (place) => {
      await place.add.table({ name: TableName });
      await place.dynamodb.updateTable({ TableName, BillingMode: 'PAY_PER_REQUEST' });
      await place.settle();
      const { BillingModeSummary: told } = await describe(place);
      const isDated = told?.LastUpdateToPayPerRequestDateTime instanceof Date;
      return { mode: told?.BillingMode, isDated, has: await has(place) };
    },
  },
  {
    operation: 'dynamodb:UpdateTable',
    name: 'the units that it has are refused',
    agreed: { refused: 'ValidationException' },
    seen: async ({ add, dynamodb }) => {
      await add.table({ name: TableName });
      return refusal(dynamodb.updateTable({ TableName, ...units(10, 20) }));
    },
  },
  {
    operation: 'dynamodb:UpdateTable',
    name: 'a table on demand gets a ceiling, and a higher one',
    agreed: { MaxReadRequestUnits: 40, MaxWriteRequestUnits: 90 },
    seen: async (place) => {
      await place.add.table({ name: TableName });
      const { dynamodb, settle } = place;
      await dynamodb.updateTable({ TableName, BillingMode: 'PAY_PER_REQUEST' });
      await settle();
      for (const MaxWriteRequestUnits of [60, 90]) {
        await dynamodb.updateTable({
          TableName,
          OnDemandThroughput: { MaxReadRequestUnits: 40, MaxWriteRequestUnits },
        });
        await settle();
      }
      return (await describe(place)).OnDemandThroughput;
    },
  },
  {
    operation: 'dynamodb:UpdateTable',
    name: 'a table that is protected from deletion is not deleted',
    agreed: { protected: true, deletion: { refused: 'ValidationException' } },
    seen: async (place) => {
      await place.add.table({ name: TableName });
      await place.dynamodb.updateTable({ TableName, DeletionProtectionEnabled: true });
      await place.settle();
      const { DeletionProtectionEnabled } = await describe(place);
      return {
        protected: DeletionProtectionEnabled,
        deletion: await refusal(place.dynamodb.deleteTable({ TableName })),
      };
    },
  },
  {
    operation: 'dynamodb:UpdateTable',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ dynamodb }) => refusal(dynamodb.updateTable({ TableName: 'none', ...units(1, 1) })),
  },
  {
    operation: 'dynamodb:DescribeContinuousBackups',
    name: 'a new table cannot be restored to a moment',
    agreed: { backups: 'ENABLED', status: 'DISABLED', hasEarliest: false },
    seen: async (place) => {
      await place.add.table({ name: TableName });
      return recovery(place);
    },
  },
  {
    operation: 'dynamodb:DescribeContinuousBackups',
    name: 'one that does not exist is an error',
    agreed: { refused: 'TableNotFoundException' },
    seen: ({ dynamodb }) => refusal(dynamodb.describeContinuousBackups({ TableName: 'none' })),
  },
  {
    operation: 'dynamodb:UpdateContinuousBackups',
    name: 'recovery is on from then, and once more changes nothing',
    agreed: { backups: 'ENABLED', status: 'ENABLED', hasEarliest: true },
    seen: async (place) => {
      await place.add.table({ name: TableName });
      await place.dynamodb.updateContinuousBackups({ TableName, ...enabled });
      await place.settle();
      await place.dynamodb.updateContinuousBackups({ TableName, ...enabled });
      return recovery(place);
    },
  },
  {
    operation: 'dynamodb:RestoreTableToPointInTime',
    name: 'a table that cannot be restored is an error',
    agreed: { refused: 'PointInTimeRecoveryUnavailableException' },
    seen: async ({ add, dynamodb }) => {
      await add.table({ name: TableName });
      return refusal(
        dynamodb.restoreTableToPointInTime({
          SourceTableName: TableName,
          TargetTableName: 'orders-2',
          UseLatestRestorableTime: true,
        }),
      );
    },
  },
  {
    operation: 'dynamodb:RestoreTableToPointInTime',
    name: 'the new table tells where it came from, and a second of its name is an error',
    agreed: { isOfSource: true, again: { refused: 'TableAlreadyExistsException' } },
    seen: async (place) => {
      await place.add.table({ name: TableName });
      await place.dynamodb.updateContinuousBackups({ TableName, ...enabled });
      await place.settle();
      const restore = () =>
        place.dynamodb.restoreTableToPointInTime({
          SourceTableName: TableName,
          TargetTableName: 'orders-2',
          UseLatestRestorableTime: true,
        });
      await restore();
      const { RestoreSummary } = await describe(place, 'orders-2');
      return {
        isOfSource: RestoreSummary?.SourceTableArn === (await describe(place)).TableArn,
        again: await refusal(restore()),
      };
    },
  },
  {
    operation: 'dynamodb:DescribeTableReplicaAutoScaling',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ dynamodb }) => refusal(dynamodb.describeTableReplicaAutoScaling({ TableName: 'none' })),
  },
  {
    operation: 'dynamodb:UpdateTableReplicaAutoScaling',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ dynamodb }) =>
      refusal(
        dynamodb.updateTableReplicaAutoScaling({
          TableName: 'none',
          ProvisionedWriteCapacityAutoScalingUpdate: { MaximumUnits: 100 },
        }),
      ),
  },
]);

const scaled = {
  ServiceNamespace: 'dynamodb',
  ResourceId: 'table/orders',
  ScalableDimension: 'dynamodb:table:WriteCapacityUnits',
} as const;

async function bounds({ applicationAutoScaling }: Place): Promise<unknown> {
  const { ScalableTargets = [] } = await applicationAutoScaling.describeScalableTargets({
    ServiceNamespace: scaled.ServiceNamespace,
    ResourceIds: [scaled.ResourceId],
    ScalableDimension: scaled.ScalableDimension,
  });
  return ScalableTargets.map(({ MinCapacity, MaxCapacity }) => [MinCapacity, MaxCapacity]);
}

export const applicationAutoScalingCases = casesOf([
  {
    operation: 'application-autoscaling:DescribeScalableTargets',
    name: 'what nobody scales is left out',
    agreed: [],
    seen: async (place) => {
      await place.add.table({ name: TableName });
      return bounds(place);
    },
  },
  {
    operation: 'application-autoscaling:RegisterScalableTarget',
    name: 'of one that there is only the maximum is changed, if only that is named',
    agreed: [[5, 300]],
    seen: async (place) => {
      await place.add.table({ name: TableName });
      await place.applicationAutoScaling.registerScalableTarget({ ...scaled, MinCapacity: 5, MaxCapacity: 100 });
      await place.applicationAutoScaling.registerScalableTarget({ ...scaled, MaxCapacity: 300 });
      return bounds(place);
    },
  },
  {
    operation: 'application-autoscaling:RegisterScalableTarget',
    name: 'a new one without a maximum is refused',
    agreed: { refused: 'ValidationException' },
    seen: async ({ add, applicationAutoScaling }) => {
      await add.table({ name: TableName });
      return refusal(applicationAutoScaling.registerScalableTarget({ ...scaled, MinCapacity: 5 }));
    },
  },
]);
