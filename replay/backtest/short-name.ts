/** What people call a resource, of its key `account/region/kind/id`: a target group's id is its ARN, which hides the name. */
export function shortName(resource: string): string {
  const [, , kind = '', ...rest] = resource.split('/');
  const id = rest.join('/');
  return kind === 'target-group' ? (id.split('/')[1] ?? id) : id || resource;
}
