import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { attributesOf, type KeySchema } from './definition';
import type { Binding, Placeholders } from './expression/binding';
import { parseCondition, type Condition } from './expression/condition';
import { holds } from './expression/judgement';
import type { Path } from './expression/path';
import { parseProjection, projected } from './expression/projection';
import { invalid, notSimulated } from './refusal';
import type { Stored } from './shelf';
import type { View } from './table';
import type { Row } from './value';

/** What a query and a scan ask alike. */
export interface Look extends Placeholders {
  readonly FilterExpression?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly Select?: string | undefined;
  readonly Limit?: number | undefined;
}

interface PageAnswer {
  readonly Items?: Record<string, AttributeValue>[];
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: Record<string, AttributeValue>;
}

/** Gathers one page of rows: so many, or so many bytes, of those that were looked at. */
export class Page {
  readonly #filter: Condition | undefined;
  readonly #projection: readonly Path[] | undefined;
  readonly #items: Record<string, AttributeValue>[] = [];
  #bytes = 0;
  #looked = 0;
  #last: Row | undefined;
  #isFull = false;

  /** Reads the expressions of the look; the placeholders are left for the caller to close. */
  constructor(
    private readonly look: Look,
    private readonly bound: Binding,
    private readonly view: View,
    private readonly tableKeys: KeySchema,
    private readonly bytesAtMost: number,
  ) {
    const { FilterExpression, ProjectionExpression, Select, Limit } = look;
    this.#filter = bound.use(parseCondition, 'FilterExpression', FilterExpression);
    const paths = bound.use(parseProjection, 'ProjectionExpression', ProjectionExpression);
    this.#projection = paths?.map((path) => bound.path(path));
    if (Limit !== undefined && Limit < 1) {
      throw invalid(
        `1 validation error detected: Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
      );
    }
    if (Select === 'ALL_ATTRIBUTES' && view.index?.carries) {
      throw invalid(
        `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${view.index.name} because its projection type is not ALL`,
      );
    }
    if (Select === 'SPECIFIC_ATTRIBUTES' && !paths)
      throw notSimulated('Select SPECIFIC_ATTRIBUTES without a projection');
  }

  /** Throws where the filter asks for an attribute of these keys, as a query's must not. */
  refuseFilterOn(keys: KeySchema): void {
    const key =
      this.#filter && attributesOf(keys).find(({ name }) => names(this.#filter as Condition, name, this.bound));
    if (!key) return;
    throw invalid(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key.name}`);
  }

  /** Whether it took the row, and would take another. */
  take({ row, bytes }: Stored): boolean {
    if (this.#looked > 0 && this.#bytes + bytes > this.bytesAtMost) {
      this.#isFull = true;
      return false;
    }
    this.#bytes += bytes;
    this.#looked += 1;
    this.#last = row;
    if (!this.#filter || holds(this.#filter, row, this.bound)) {
      this.#items.push(this.#projection ? projected(row, this.#projection) : { ...row });
    }
    this.#isFull = this.#looked === this.look.Limit;
    return !this.#isFull;
  }

  answer(): PageAnswer {
    const isCounted = this.look.Select === 'COUNT';
    return {
      ...(!isCounted && { Items: this.#items }),
      Count: this.#items.length,
      ScannedCount: this.#looked,
      ...(this.#isFull && this.#last && { LastEvaluatedKey: this.#keyOf(this.#last) }),
    };
  }

  #keyOf(row: Row): Record<string, AttributeValue> {
    return projected(
      row,
      startKeysOf(this.view, this.tableKeys).map((name) => [name]),
    );
  }
}

/** Names of the attributes of a key at which a page starts. */
export function startKeysOf(view: View, tableKeys: KeySchema): readonly string[] {
  return [...new Set([view.keys, tableKeys].flatMap(attributesOf).map(({ name }) => name))];
}

function names(condition: Condition, attribute: string, bound: Binding): boolean {
  const paths: Path[] = [];
  const seek = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('path' in node) paths.push(node.path as Path);
    for (const part of Object.values(node)) seek(part);
  };
  seek(condition);
  return paths.some((path) => bound.path(path)[0] === attribute);
}
