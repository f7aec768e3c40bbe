import type { KeySchemaElement, TableDescription } from '@aws-sdk/client-dynamodb';
import { createTableInput, tableDefinition } from '../../runtime/store/dynamodb-store/table-definition';
import { isNotFound } from '../aws-fault';
import { deployAgain, missing, notChecked, ok, warning, type Answer, type Check, type Site } from './check';

/** What is known of the table; undefined when it is not there. */
async function described({ deployment }: Site): Promise<TableDescription | undefined> {
  try {
    return (await (await deployment.client('dynamodb')).describeTable({ TableName: deployment.name })).Table ?? {};
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** What is missing is told by the first check alone. */
const noTable = ({ deployment: { name } }: Site): Answer => notChecked(`there is no table ${name}`);

const textOf = (keys: readonly KeySchemaElement[] = []): string =>
  keys.map(({ AttributeName, KeyType }) => `${AttributeName ?? ''} ${KeyType ?? ''}`).join(', ');

/** What of the table is not as this version needs it. */
function differences(table: TableDescription, name: string): readonly string[] {
  const { KeySchema, GlobalSecondaryIndexes: wanted = [] } = createTableInput(name);
  const found: string[] = [];
  if (textOf(table.KeySchema) !== textOf(KeySchema)) {
    found.push(`its key is ${textOf(table.KeySchema)} instead of ${textOf(KeySchema)}`);
  }
  for (const { IndexName = '', KeySchema: keys } of wanted) {
    const index = table.GlobalSecondaryIndexes?.find((one) => one.IndexName === IndexName);
    if (!index) found.push(`it has no index ${IndexName}`);
    else if (textOf(index.KeySchema) !== textOf(keys))
      found.push(`index ${IndexName} has key ${textOf(index.KeySchema)} instead of ${textOf(keys)}`);
    else if (index.IndexStatus !== undefined && index.IndexStatus !== 'ACTIVE')
      found.push(`index ${IndexName} is ${index.IndexStatus}`);
  }
  return found;
}

const shapeCheck: Check = {
  name: 'table',
  look: async (site) => {
    const { name } = site.deployment;
    const table = await described(site);
    if (!table) return missing(`there is no table ${name} in this account and region`, deployAgain);
    const wrong = differences(table, name);
    if (wrong.length > 0) return missing(`table ${name} is of another shape: ${wrong.join('; ')}`, deployAgain);
    return table.TableStatus === 'ACTIVE' || table.TableStatus === 'UPDATING'
      ? ok(`${name}, its keys and indexes as they have to be`)
      : warning(`table ${name} is ${table.TableStatus ?? 'unknown'}`, 'look again in a minute');
  },
};

const protectionCheck: Check = {
  name: 'table protection',
  look: async (site) => {
    const table = await described(site);
    if (!table) return noTable(site);
    return table.DeletionProtectionEnabled
      ? ok('against deletion')
      : warning('the table can be deleted by a single call', deployAgain);
  },
};

const backupsCheck: Check = {
  name: 'table backups',
  look: async (site) => {
    const dynamodb = await site.deployment.client('dynamodb');
    try {
      const { ContinuousBackupsDescription: backups } = await dynamodb.describeContinuousBackups({
        TableName: site.deployment.name,
      });
      return backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED'
        ? ok('to any point in time')
        : warning('point-in-time recovery is off: what is lost stays lost', deployAgain);
    } catch (error) {
      if (isNotFound(error)) return noTable(site);
      throw error;
    }
  },
};

const expiryCheck: Check = {
  name: 'table expiry',
  look: async (site) => {
    const dynamodb = await site.deployment.client('dynamodb');
    try {
      const { TimeToLiveDescription: expiry } = await dynamodb.describeTimeToLive({ TableName: site.deployment.name });
      return expiry?.TimeToLiveStatus?.startsWith('ENABL') && expiry.AttributeName === tableDefinition.expiry
        ? ok(`by ${tableDefinition.expiry}`)
        : warning(`rows are not deleted by ${tableDefinition.expiry}: the table grows`, deployAgain);
    } catch (error) {
      if (isNotFound(error)) return noTable(site);
      throw error;
    }
  },
};

/** The table that incidents are in. */
export const tableChecks: readonly Check[] = [shapeCheck, protectionCheck, backupsCheck, expiryCheck];
