import { createHmac } from 'node:crypto';
import { withoutSecrets } from './secrets';

/** The account that is recorded, whatever it is called in truth. */
export const ownStandIn = '111122223333';

/** Nothing that names anything is longer, and to look through more for secrets would take its time. */
const longest = 2_000;

/** What is left as it is, because whoever records wants it so. */
export interface Kept {
  /** Names that people chose: of alarms, groups, databases. */
  readonly names: boolean;
  /** Ids of accounts. */
  readonly accounts: boolean;
}

/**
 * What stands in for what may not be read: always the same for the same, by a key that is forgotten when the recording is
 * done. So events and account name one thing by one name, and nobody finds out which it was.
 */
export class StandIns {
  constructor(
    private readonly key: Buffer,
    private readonly ownAccount: string,
    private readonly kept: Kept,
  ) {}

  /** Twelve digits; the recorded account's own are always `ownStandIn`. Nothing for what is no id of an account. */
  account(id: string): string {
    if (!/^\d*$/.test(id)) return '';
    if (this.kept.accounts || id === '') return id;
    if (id === this.ownAccount) return ownStandIn;
    return `9${String(Number.parseInt(this.digest(`account/${id}`, 12), 16) % 1e11).padStart(11, '0')}`;
  }

  /** A text without secrets, addresses and account ids, otherwise as it was; one of more than 2,000 characters is not kept. */
  text(text: string): string {
    if (text.length > longest) return `redacted-${this.digest(`text/${text}`, 8)}`;
    return withoutSecrets(text, {
      secret: (found) => `redacted-${this.digest(`secret/${found}`, 8)}`,
      address: (found) => this.address(found),
      account: (found) => this.account(found),
    });
  }

  /** A name that people chose: kept, but for what is secret in it, or replaced by one that says nothing. */
  name(name: string): string {
    return this.kept.names || name === '' ? this.text(name) : `n-${this.digest(`name/${name}`, 10)}`;
  }

  /** An address of a private network. */
  private address(found: string): string {
    const [a, b, c] = Buffer.from(this.digest(`address/${found}`, 6), 'hex');
    return `10.${a ?? 0}.${b ?? 0}.${c ?? 0}`;
  }

  /** So many hexadecimal digits that nobody can tell the text from. */
  digest(text: string, digits = 64): string {
    return createHmac('sha256', this.key).update(text).digest('hex').slice(0, digits);
  }
}
