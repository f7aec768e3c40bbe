/** The end of the time that a function has for its work; what is under way then is not waited for. */
export interface Deadline {
  /** Resolves when it is over. */
  readonly over: Promise<void>;
  isOver(): boolean;
  /** To be called when the work is done before: else the process waits. */
  cancel(): void;
}

/** Makes one that is over in so many milliseconds; in 0 or fewer it is over at once. */
export type DeadlineIn = (milliseconds: number) => Deadline;

/** In real time. */
export function deadlineIn(milliseconds: number): Deadline {
  let isOver = milliseconds <= 0;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((done) => {
    const end = (): void => {
      isOver = true;
      done();
    };
    timer = setTimeout(end, Math.max(0, milliseconds));
  });
  const cancel = (): void => {
    clearTimeout(timer);
  };
  return { over, isOver: () => isOver, cancel };
}
