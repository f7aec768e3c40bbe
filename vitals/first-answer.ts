/** Of several places that would answer the same: the first one that did, and what it said. */
export interface FirstAnswer<Place, Answer> {
  readonly place: Place;
  readonly answer: Answer;
}

/**
 * Asks one place after the other, in their order, until one answers. A place that is down, or out of reach, is passed over; what is
 * wrong with the question is wrong everywhere, and is thrown at once. Where none answers, what the last one said is thrown.
 */
export async function firstAnswer<Place, Answer>(
  places: readonly Place[],
  ask: (place: Place) => Promise<Answer>,
): Promise<FirstAnswer<Place, Answer>> {
  let last: unknown = new Error('there is no place to ask');
  for (const place of places) {
    try {
      return { place, answer: await ask(place) };
    } catch (error) {
      if (isOfTheQuestion(error)) throw error;
      last = error;
    }
  }
  throw last;
}

/** Whether AWS says that the caller is at fault; what never came to an answer says nothing about him. */
function isOfTheQuestion(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
}
