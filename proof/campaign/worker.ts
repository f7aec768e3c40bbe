import { parentPort } from 'node:worker_threads';
import { outcomeOf, type Job } from './outcome';

/** A thread of a crew: takes a job, answers with its outcome, and waits for the next. */
parentPort?.on('message', (job: Job) => {
  void outcomeOf(job).then((outcome) => parentPort?.postMessage(outcome));
});
