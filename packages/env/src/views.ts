import type { Observation, ViewForm } from '@backlot/protocol';
import { changesView, htmlView, refsView, treeView, type Scene } from '@backlot/dialects';

/** Forms that need a picture of the page. */
export const pictureForms: ReadonlySet<ViewForm> = new Set<ViewForm>(['screenshot', 'marks']);

/** What a page is shown from. */
export interface Shown {
  readonly observation: Observation;
  readonly scene: Scene;
  /** What was shown last, for `changes`; null before anything was. */
  readonly last: string | null;
}

/** The views of a page that need no picture. `refs` is what `changes` of the next page are told against. */
export function textViews(forms: readonly ViewForm[], { observation, scene, last }: Shown): Partial<Record<ViewForm, string>> {
  const views: Partial<Record<ViewForm, string>> = {};
  for (const form of forms) {
    switch (form) {
      case 'aria':
        views.aria = observation.aria;
        break;
      case 'refs':
        views.refs = refsView(scene);
        break;
      case 'axtree':
        views.axtree = treeView(scene);
        break;
      case 'html':
        views.html = htmlView(scene);
        break;
      case 'changes':
        views.changes = changesView(last ?? '', refsView(scene));
        break;
      default:
    }
  }
  return views;
}
