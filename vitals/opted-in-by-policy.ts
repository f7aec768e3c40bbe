/**
 * The tags of what AWS gives none, or shows them only through a control plane that may be down together with what is sick. It is
 * touched only where a policy names it, and whoever names it there has opted it in.
 */
export const optedInByPolicy: Readonly<Record<string, string>> = { 'homeostat:heal': 'yes' };
