import { rungOf, type Context } from './scope';

const destroys = ({ planned }: Context): boolean => (planned?.destroys.length ?? 0) > 0;

/** Whether a person must agree to what is planned: also where the policy asks for nobody, if something would be lost for good. */
export function needsApproval(context: Context): boolean {
  const rung = rungOf(context);
  return (
    context.rule.mode === 'approve' || (rung !== undefined && rung.approval !== 'notRequired') || destroys(context)
  );
}

/** How many people must agree: two where something would be lost for good, or the policy says so. */
export function peopleNeeded(context: Context): number {
  return rungOf(context)?.approval === 'twoPeople' || destroys(context) ? 2 : 1;
}

/** Whether the present plan may not start for want of somebody's yes. */
export function lacksApproval(context: Context): boolean {
  return needsApproval(context) && yesesTo(context, context.planned?.planHash).length < peopleNeeded(context);
}

/** Who has agreed to the plan of that hash. */
export function yesesTo({ approved }: Context, planHash: string | undefined): readonly string[] {
  return approved !== null && approved.hash === planHash ? approved.by : [];
}
