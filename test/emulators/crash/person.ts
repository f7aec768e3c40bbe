import type { Wire } from '../wire';
import { type Lambda, LambdaDiedError } from './lambda';

type Form = Readonly<Record<string, string>>;

/** Somebody who is asked, and says yes on the page that the message leads to. */
export class Person {
  /** What was read and filled in, by the path of its link. */
  readonly #forms = new Map<string, Form>();
  readonly #answered = new Set<string>();

  constructor(
    private readonly page: Lambda,
    private readonly wire: Wire,
  ) {}

  /**
   * Answers the latest message; false when there is none, or the page has taken that answer before. Reads the page and types the code that it shows:
   * who hears nothing sends the same form once more, by the next call of this.
   */
  async approves(now: number): Promise<boolean> {
    const path = linkIn(this.wire);
    if (path === undefined || this.#answered.has(path)) return false;
    try {
      const form = this.#forms.get(path) ?? { confirm: 'yes', code: codeOn((await this.#send(path, {}, now)).body) };
      this.#forms.set(path, form);
      if ((await this.#send(path, form, now)).statusCode === 200) this.#answered.add(path);
    } catch (error) {
      if (!(error instanceof LambdaDiedError)) throw error;
    }
    return true;
  }

  #send(path: string, form: Form, now: number): ReturnType<Lambda['answer']> {
    const body = new URLSearchParams({ decision: 'approve', ...form }).toString();
    return this.page.answer({ method: 'POST', path, body }, now);
  }
}

function codeOn(page: string): string {
  const [, code] = /type <code>(\w+)<\/code>/.exec(page) ?? [];
  if (code === undefined) throw new Error(`The page asks for no code: ${page}`);
  return code;
}

/** Path of the link in the latest message, if any was sent that has one. */
function linkIn({ requests }: Wire): string | undefined {
  const told = requests.filter(({ operation }) => operation === 'Publish').at(-1)?.input ?? '';
  return /\/answer\/[\w-]+/.exec(new URLSearchParams(told).get('Message') ?? '')?.[0];
}
