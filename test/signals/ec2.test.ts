import { readEvent } from '../../signals';
import { anywhere, inWords, sampleEvent } from './event-files';

const change = (detail: Readonly<Record<string, unknown>>, resources: readonly string[] = []): string =>
  inWords(readEvent(sampleEvent('ec2/instance-running', { resources }, detail), anywhere)).join(' + ');

describe('a state change of an instance', () => {
  test('is worded alike whatever case its state is in', () => {
    const [upper, lower] = ['RUNNING', 'running'].map((state) =>
      readEvent(sampleEvent('ec2/instance-running', {}, { state }), anywhere),
    );
    expect(upper).toEqual(lower);
  });

  test.each(['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated'])(
    'to %s is progress, and no sickness: people stop instances on purpose',
    (state) => {
      expect(change({ state })).toMatch(/^progress /);
    },
  );

  test('that names no instance is ignored, and an ARN beside it is not taken in its place', () => {
    const resources = ['arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d4e5f60718'];
    expect(change({ 'instance-id': undefined, instance_id: 'i-0a1b2c3d4e5f60718' }, resources)).toBe(
      'ignored: the state change names no instance: detail has no "instance-id"',
    );
  });
});
