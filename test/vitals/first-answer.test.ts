import { Refusal } from '../../simulator/refusal';
import { firstAnswer } from '../../vitals/first-answer';

const down = new Refusal('EndpointTemporarilyUnavailableException', 'not now', 503);
const denied = new Refusal('AccessDeniedException', 'not you', 403);
const hangsUp = Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });

/** Asks three places, each of which answers so; tells which were asked. */
async function asked(...answers: readonly (string | Error)[]) {
  const places = answers.map((_, place) => place);
  const seen: number[] = [];
  const outcome = await firstAnswer(places, async (place) => {
    seen.push(place);
    const answer = answers[place];
    if (answer instanceof Error) throw answer;
    return Promise.resolve(answer);
  }).catch((error: unknown) => error);
  return { seen, outcome };
}

test('the first that answers is believed, and no other is asked', async () => {
  expect(await asked(down, 'On', 'Off')).toEqual({ seen: [0, 1], outcome: { place: 1, answer: 'On' } });
});

test('one that is out of reach is passed over like one that is down', async () => {
  expect((await asked(hangsUp, down, 'On')).seen).toEqual([0, 1, 2]);
});

test('a question that is refused is asked nowhere else', async () => {
  expect(await asked(denied, 'On')).toEqual({ seen: [0], outcome: denied });
});

test('where none answers the last reason is told, and none at all is an error', async () => {
  expect((await asked(hangsUp, down)).outcome).toBe(down);
  expect((await asked()).outcome).toMatchObject({ message: 'there is no place to ask' });
});
