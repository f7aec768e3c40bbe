import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { tableDefinition } from '../../runtime/store/dynamodb-store/table-definition';
import type { Deployment } from './deployment';

/** Where incidents live. It is never deleted with the stack: the history of what was touched is worth more than the stack. */
export function createTable(scope: Construct, { name }: Deployment, key: IKey): Table {
  const { partitionKey, sortKey, expiry, indexes } = tableDefinition;
  const table = new Table(scope, 'Table', {
    tableName: name,
    partitionKey: attribute(partitionKey),
    sortKey: attribute(sortKey),
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    timeToLiveAttribute: expiry,
  });
  for (const index of indexes) {
    table.addGlobalSecondaryIndex({
      indexName: index.name,
      partitionKey: attribute(index.partitionKey),
      sortKey: attribute(index.sortKey),
      ...(index.carries.length === 0
        ? { projectionType: ProjectionType.KEYS_ONLY }
        : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...index.carries] }),
    });
  }
  return table;
}

function attribute({ name, type }: { readonly name: string; readonly type: 'S' | 'N' }): Attribute {
  return { name, type: type === 'S' ? AttributeType.STRING : AttributeType.NUMBER };
}
