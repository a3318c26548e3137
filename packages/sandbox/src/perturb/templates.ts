import type { Template, World } from '@backlot/protocol';

export type ElementTemplate = Extract<Template, { readonly el: string }>;

/** An element of our own in a page that was learned, named `tag#name`. */
export function element(named: string, attrs: ElementTemplate['attrs'] = {}, ...kids: readonly Template[]): ElementTemplate {
  const [el = '', name = ''] = named.split('#');
  return { el, anchor: `backlot-${name}`, attrs, kids };
}

/** The same template with every element changed, from the inside out. */
function mapElements(template: Template, change: (element: ElementTemplate) => Template): Template {
  const inside = (kids: readonly Template[]): Template[] => kids.map((kid) => mapElements(kid, change));
  if ('el' in template) return change({ ...template, kids: inside(template.kids) });
  if ('each' in template) return { ...template, kids: inside(template.kids) };
  if ('when' in template) return { ...template, kids: inside(template.kids), ...(template.else ? { else: inside(template.else) } : {}) };
  return template;
}

/** A world with every element of its pages changed. */
export function mapPages(world: World, change: (element: ElementTemplate) => Template): World {
  return { ...world, pages: world.pages.map((page) => ({ ...page, template: mapElements(page.template, change) })) };
}

/** A world whose bodies are changed. */
export function mapBodies(world: World, change: (kids: readonly Template[]) => readonly Template[]): World {
  return mapPages(world, (each) => (each.el === 'body' ? { ...each, kids: change(each.kids) } : each));
}
