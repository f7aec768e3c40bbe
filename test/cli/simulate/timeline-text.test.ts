import { linesAbout, timelineText } from '../../../cli/simulate/timeline-text';
import type { Line } from '../../../proof/journal';

const begin = Date.parse('2026-03-02T09:00:00Z');
const line = (seconds: number, who: string, text: string): Line => ({ at: begin + seconds * 1_000, who, text });
const [ours, other] = ['inc-0123456789ab', 'inc-ba9876543210'];

describe('a timeline', () => {
  it('says when, who and what', () => {
    const text = timelineText([line(61, 'worker 1', 'dies')], false);
    expect(text).toBe('  02 09:01:01  worker 1     dies');
  });

  it('leaves out the middle where it is long, and says so, unless all is wanted', () => {
    const lines = Array.from({ length: 200 }, (_none, index) => line(index, 'worker 1', `line ${index}`));
    const [cut, full] = [timelineText(lines, false), timelineText(lines, true)];
    expect(cut).toContain('125 lines are left out here: --full shows them');
    expect(cut).toContain('line 24\n');
    expect(cut).not.toContain('line 25\n');
    expect(cut).toContain('line 150\n');
    expect(full.split('\n')).toHaveLength(200);
  });

  it('says once what is said again and again', () => {
    const lines = [line(1, 'SNS', 'a message'), line(2, 'SNS', 'a message'), line(3, 'SNS', 'another')];
    expect(timelineText(lines, false).split('\n')).toEqual([
      '  02 09:00:01  SNS          a message (2 times)',
      '  02 09:00:03  SNS          another',
    ]);
  });

  it('shows nothing of what a hostile name would do to a terminal', () => {
    const text = timelineText([line(1, 'worker 1', 'alarm \u001b[31mOK\u001b[0m\nis ALARM')], true);
    expect(text).toBe('  02 09:00:01  worker 1     alarm OK is ALARM');
  });
});

describe('what concerns an incident', () => {
  const lines = [
    line(0, 'the world', 'i-0a000000000000001 falls sick (instance, by chance)'),
    line(1, 'the world', 'i-0b000000000000001 falls sick (instance, by chance)'),
    line(10, 'worker 1', `${ours} incident.opened → waiting (i-0a000000000000001-instance is ALARM)`),
    line(11, 'worker 2', `${other} incident.opened → waiting (i-0b000000000000001-instance is ALARM)`),
    line(12, 'worker 1', 'ec2:DescribeInstances fails: ThrottlingException'),
    line(12, 'worker 2', 'ec2:DescribeInstances fails: ThrottlingException'),
    line(13, 'operators', 'a hold is set'),
    line(99, 'worker 1', 'dies'),
    line(100, 'invariant', `I7 is broken: ${ours} touches it`),
  ];

  it('is what names it, what befalls its resource, what its workers meet, and what all are told', () => {
    expect(linesAbout(`${ours} touches it`, lines)).toEqual([lines[0], lines[2], lines[4], lines[6], lines[8]]);
  });

  it('is everything, where none is named', () => {
    expect(linesAbout('something is wrong', lines)).toEqual(lines);
  });
});
