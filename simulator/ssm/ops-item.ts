import type {
  CreateOpsItemRequest,
  CreateOpsItemResponse,
  DescribeOpsItemsRequest,
  DescribeOpsItemsResponse,
  OpsItem,
  OpsItemDataValue,
  OpsItemFilter,
  OpsItemStatus,
  UpdateOpsItemRequest,
} from '@aws-sdk/client-ssm';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

interface Item extends Omit<OpsItem, 'OperationalData' | 'Status'> {
  readonly OpsItemId: string;
  Status: OpsItemStatus;
  OperationalData: Record<string, OpsItemDataValue>;
}

const statuses: readonly OpsItemStatus[] = ['Open', 'InProgress', 'Resolved'];

/** OpsItems of an account: what people are to look after. */
export class OpsItems {
  /** By their ids. */
  readonly #items = new Map<string, Item>();
  /** By their string for deduplication, the resolved ones too. */
  readonly #byDedup = new Map<string, Set<Item>>();

  constructor(private readonly account: SimulatedAccount) {}

  create(input: CreateOpsItemRequest): CreateOpsItemResponse {
    const { Title, Description, Source, Severity, OperationalData = {}, ...others } = input;
    hold('title', Title, 1, 1_024);
    hold('description', Description, 1, 2_048);
    hold('source', Source, 1, 128);
    notSimulated('CreateOpsItem', others, ['Category', 'Priority']);
    const same = this.#open(dedupOf(OperationalData));
    if (same) {
      throw Object.assign(
        new Refusal('OpsItemAlreadyExistsException', `An OpsItem with this dedupString already exists`),
        { OpsItemId: same.OpsItemId },
      );
    }
    const now = new Date(this.account.clock.now());
    const OpsItemId = this.account.newId('oi-', 12);
    const item: Item = {
      ...others,
      OpsItemId,
      Title,
      Description,
      Source,
      Severity,
      OperationalData: { ...OperationalData },
      Status: 'Open',
      CreatedTime: now,
      LastModifiedTime: now,
    };
    this.#items.set(OpsItemId, item);
    this.#file(item);
    return { OpsItemId, OpsItemArn: this.account.arn('ssm', `opsitem/${OpsItemId}`) };
  }

  update({ OpsItemId, OperationalData, OperationalDataToDelete, Status, ...changes }: UpdateOpsItemRequest): void {
    if (OperationalDataToDelete) notSimulated('UpdateOpsItem', { OperationalDataToDelete }, []);
    notSimulated('UpdateOpsItem', changes, ['Title', 'Description', 'Severity', 'Category', 'Priority']);
    const item = this.find(OpsItemId);
    if (changes.Title !== undefined) hold('title', changes.Title, 1, 1_024);
    if (changes.Description !== undefined) hold('description', changes.Description, 1, 2_048);
    if (Status !== undefined && !statuses.includes(Status)) {
      throw new Refusal('NotSimulated', `The simulated UpdateOpsItem knows no status ${Status}.`, 501);
    }
    const data = { ...item.OperationalData, ...OperationalData };
    // Throws before anything is changed.
    dedupOf(data);
    Object.assign(item, changes, Status && { Status }, { LastModifiedTime: new Date(this.account.clock.now()) });
    this.#byDedup.get(dedupOf(item.OperationalData) ?? '')?.delete(item);
    item.OperationalData = data;
    this.#file(item);
  }

  find(id: string | undefined): Item {
    const item = this.#items.get(id ?? '');
    if (item) return item;
    throw new Refusal('OpsItemNotFoundException', `OpsItem ${id ?? ''} does not exist.`);
  }

  describe({ OpsItemFilters = [], MaxResults, NextToken }: DescribeOpsItemsRequest): DescribeOpsItemsResponse {
    const found = [...this.#items.values()].filter((item) => OpsItemFilters.every((filter) => fits(item, filter)));
    const { items, next } = page(
      found,
      Math.min(this.account.pageSize, MaxResults ?? 50),
      NextToken,
      'OpsItemInvalidParameterException',
    );
    const summaries = items.map(
      ({ Description: _not, RelatedOpsItems: _shown, Notifications: _here, ...item }) => item,
    );
    return { OpsItemSummaries: summaries, ...(next !== undefined && { NextToken: next }) };
  }

  /** What is not resolved under a string for deduplication. */
  #open(dedup: string | undefined): Item | undefined {
    if (dedup === undefined) return undefined;
    return [...(this.#byDedup.get(dedup) ?? [])].find((item) => item.Status !== 'Resolved');
  }

  #file(item: Item): void {
    const dedup = dedupOf(item.OperationalData);
    if (dedup !== undefined) this.#byDedup.set(dedup, (this.#byDedup.get(dedup) ?? new Set()).add(item));
  }
}

function dedupOf(data: Readonly<Record<string, OpsItemDataValue>>): string | undefined {
  const written = data['/aws/dedup']?.Value;
  if (written === undefined) return undefined;
  try {
    const { dedupString } = JSON.parse(written) as { readonly dedupString?: unknown };
    if (typeof dedupString === 'string') return dedupString;
  } catch {
    // Told below.
  }
  throw new Refusal('OpsItemInvalidParameterException', 'The value of /aws/dedup is no JSON with a dedupString.');
}

function fits(item: Item, { Key, Values = [], Operator }: OpsItemFilter): boolean {
  if (Operator !== 'Equal') {
    throw new Refusal('NotSimulated', `The simulated DescribeOpsItems knows no operator ${String(Operator)}.`, 501);
  }
  switch (Key) {
    case 'Status':
      return Values.includes(item.Status);
    case 'OpsItemId':
      return Values.includes(item.OpsItemId);
    case 'OperationalData':
      return Values.some((value) => {
        const asked = JSON.parse(value) as { readonly key?: string; readonly value?: string };
        const held = item.OperationalData[asked.key ?? ''];
        return held?.Type === 'SearchableString' && held.Value === asked.value;
      });
    default:
      // A filter that isn't known must not be taken for one that lets all pass.
      throw new Refusal('NotSimulated', `The simulated DescribeOpsItems knows no filter ${String(Key)}.`, 501);
  }
}

function hold(name: string, text: string | undefined, least: number, most: number): void {
  if (text !== undefined && text.length >= least && text.length <= most) return;
  throw new Refusal('ValidationException', `Value at '${name}' must have from ${least} to ${most} characters`);
}

function notSimulated(operation: string, input: object, known: readonly string[]): void {
  const strange = Object.entries(input).find(([key, value]) => value !== undefined && !known.includes(key));
  if (strange) throw new Refusal('NotSimulated', `The simulated ${operation} does not know ${strange[0]}.`, 501);
}
