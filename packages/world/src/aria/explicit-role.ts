import type { StyledElement } from '../css/styled-element.ts';
import { validRoles } from './roles.ts';

/** The first valid role of the `role` attribute. */
export function explicitRole(element: StyledElement): string | null {
  const { role } = element.attrs;
  if (role === undefined) return null;
  const words = role.toLowerCase().split(' ');
  return words.map((word) => word.trim()).find((word) => validRoles.has(word)) ?? null;
}
