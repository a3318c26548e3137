/** The list in no more room than it needs: one that was pushed to has room to grow, which counts where there are very many that stay. */
export function exact<T>(list: T[]): T[] {
  return list.length === 0 ? list : list.slice();
}
