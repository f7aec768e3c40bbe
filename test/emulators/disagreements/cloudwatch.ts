import { listed, type Disagreement } from '../disagreement';

/** Alarms, and messages of SNS. */
export const aboutAlarmsAndMessages: readonly Disagreement[] = [
  ...listed(['moto', 'ministack'], 'it has no mute rules', [
    ['cloudwatch:ListAlarmMuteRules', 'an alarm that nobody mutes has no rules'],
  ]),
  ...listed(['moto', 'ministack'], 'it does not check the message', [
    ['sns:Publish', 'a subject of two lines is refused'],
    ['sns:Publish', 'an empty message is refused'],
  ]),
  ...listed('moto', 'it cannot make composite alarms', [
    ['cloudwatch:DescribeAlarms', 'a composite alarm is told when it is asked for'],
    ['cloudwatch:DescribeAlarms', 'a composite alarm is left out when no type is asked for'],
  ]),
  ...listed('moto', 'it answers everything at once, whatever page is asked for', [
    ['cloudwatch:DescribeAlarms', 'a token leads to the rest'],
  ]),
  ...listed('ministack', 'it does not check the message', [
    ['sns:Publish', 'a subject of more than a hundred characters is refused'],
  ]),
];
