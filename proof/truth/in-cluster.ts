/** A service of ECS as its resource is called, `cluster/name`, by a call that names the two apart; empty where it names none. */
export function inCluster(input: object): string {
  const { cluster, service } = input as { readonly cluster?: string; readonly service?: string };
  return cluster === undefined || service === undefined ? '' : `${cluster}/${service}`;
}
