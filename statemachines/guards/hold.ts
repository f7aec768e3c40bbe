import { defineGuard } from './guard';

/** The switch that people throw. It binds what starts, not what is under way. */
export const holdGuard = defineGuard({
  name: 'hold',
  when: 'while a hold on everything, on the rule or on the remediation is on',
  needs: ['holds'],
  objections: ({ rule, remediation }, { holds }) =>
    holds
      .filter(
        ({ of }) => of === 'everything' || ('rule' in of ? of.rule === rule.name : of.remediation === remediation),
      )
      .map(({ of, by, reason }) => {
        const what = of === 'everything' ? of : 'rule' in of ? `rule ${of.rule}` : of.remediation;
        return `${what} is on hold, by ${by}: ${reason}`;
      }),
});
