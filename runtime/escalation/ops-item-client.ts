import { CreateOpsItemCommand, DescribeOpsItemsCommand, SSMClient, UpdateOpsItemCommand } from '@aws-sdk/client-ssm';
import type { ClientSettings } from '../aws/sdk-clients';
import type { OpsItemDraft, OpsItems } from './ops-items';

/** A key of one's own: those of AWS begin with `/aws`. An OpsItem is found by it. */
const nameKey = 'homeostat-name';

/** Sends to Systems Manager; `prepare` may change the client before its first call. */
export function opsItemClient(settings: ClientSettings, prepare: (client: object) => void): OpsItems {
  const client = new SSMClient({ ...settings, cacheMiddleware: true });
  prepare(client);
  return {
    open: async (draft) => {
      const { title: Title, description: Description, severity } = draft;
      const content = { Title, Description, Severity: String(severity) };
      try {
        await client.send(new CreateOpsItemCommand({ ...content, ...kindOf(draft) }));
      } catch (error) {
        const id = existing(error);
        if (id === undefined) throw error;
        // It tells of the same by now; what it says may have changed.
        if (id !== '') await client.send(new UpdateOpsItemCommand({ ...content, OpsItemId: id }));
      }
    },
    resolve: async (name) => {
      for (const OpsItemId of await openUnder(name, client)) {
        await client.send(new UpdateOpsItemCommand({ OpsItemId, Status: 'Resolved' }));
      }
    },
  };
}

function kindOf({ name }: OpsItemDraft) {
  return {
    Source: 'Homeostat',
    Category: 'Availability',
    OperationalData: {
      '/aws/dedup': { Type: 'SearchableString', Value: JSON.stringify({ dedupString: name }) },
      [nameKey]: { Type: 'SearchableString', Value: name },
    },
  } as const;
}

/** The id of the OpsItem that is there already, empty where AWS does not tell it; undefined for any other failure. */
function existing(error: unknown): string | undefined {
  const { name, OpsItemId = '' } = error as { readonly name?: string; readonly OpsItemId?: string };
  return name === 'OpsItemAlreadyExistsException' ? OpsItemId : undefined;
}

async function openUnder(name: string, client: SSMClient): Promise<readonly string[]> {
  const filter = (Key: 'OperationalData' | 'Status', ...Values: string[]) =>
    ({ Key, Values, Operator: 'Equal' }) as const;
  const OpsItemFilters = [
    filter('OperationalData', JSON.stringify({ key: nameKey, value: name })),
    filter('Status', 'Open', 'InProgress'),
  ];
  const ids: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new DescribeOpsItemsCommand({ OpsItemFilters, ...(NextToken && { NextToken }) }));
    ids.push(...(page.OpsItemSummaries ?? []).flatMap(({ OpsItemId }) => OpsItemId ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return ids;
}
