import type { SimulatedAccount } from '../../simulator/world';

/** The file system of the mount target that a call names; empty where it names none. */
export function mounted({ services }: SimulatedAccount, input: object): string {
  const { MountTargetId = '' } = input as { readonly MountTargetId?: string };
  return services.elasticfilesystem.ownerOf(MountTargetId) ?? '';
}
