import { Heap } from 'heap-js';

type Task = () => void | Promise<void>;

interface Entry {
  readonly at: number;
  /** Order of arrival: tasks of one instant run in the order in which they were set. */
  readonly order: number;
  task: Task | undefined;
}

/** Undoes `VirtualClock.at`; harmless after the task ran. */
export type Cancel = () => void;

/** Virtual time, in milliseconds since the epoch. It stands still until somebody runs it, then leaps from task to task. */
export class VirtualClock {
  #now: number;
  #order = 0;
  readonly #tasks = new Heap<Entry>((a, b) => a.at - b.at || a.order - b.order);

  constructor(startsAt: number) {
    this.#now = startsAt;
  }

  now(): number {
    return this.#now;
  }

  /** Runs `task` at `at`, or as the next thing if that is past. */
  at(at: number, task: Task): Cancel {
    const entry: Entry = { at: Math.max(at, this.#now), order: this.#order++, task };
    this.#tasks.push(entry);
    return () => {
      entry.task = undefined;
    };
  }

  /** Runs `task` this many milliseconds from now. */
  after(milliseconds: number, task: Task): Cancel {
    return this.at(this.#now + milliseconds, task);
  }

  /** When the next task is due; undefined when none waits. */
  nextAt(): number | undefined {
    while (this.#tasks.peek() && !this.#tasks.peek()?.task) this.#tasks.pop();
    return this.#tasks.peek()?.at;
  }

  /** Leaps to the next task and runs it; false when none waits. */
  async step(): Promise<boolean> {
    if (this.nextAt() === undefined) return false;
    const entry = this.#tasks.pop() as Entry;
    this.#now = entry.at;
    await entry.task?.();
    return true;
  }

  /** Runs everything that is due up to and including `until`, then stands there. */
  async runUntil(until: number): Promise<void> {
    for (let next = this.nextAt(); next !== undefined && next <= until; next = this.nextAt()) await this.step();
    this.#now = Math.max(this.#now, until);
  }
}
