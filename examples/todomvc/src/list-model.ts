/** The views of the list. */
export type Filter = 'all' | 'active' | 'completed';

/** A to-do as a person knows it. */
export interface Todo {
  readonly title: string;
  readonly done: boolean;
}

/** What a person knows about the list at a moment. `earlier` are the views that "back" leads to. */
export interface ListModel {
  readonly todos: readonly Todo[];
  readonly filter: Filter;
  readonly earlier: readonly Filter[];
}

export const emptyList: ListModel = { todos: [], filter: 'all', earlier: [] };

/** The to-dos on view. */
export function shown({ todos, filter }: ListModel): Todo[] {
  return todos.filter(({ done }) => filter === 'all' || done === (filter === 'completed'));
}

/** Adds to the end what is left of the text without the spaces around it; nothing if nothing is left. */
export function add(list: ListModel, text: string): ListModel {
  const title = text.trim();
  return title === '' ? list : { ...list, todos: [...list.todos, { title, done: false }] };
}

/** Retitles the to-do at this place of the view, or deletes it if the text is blank. */
export function retitle(list: ListModel, place: number, text: string): ListModel {
  const title = text.trim();
  return title === '' ? remove(list, place) : change(list, place, (todo) => [{ ...todo, title }]);
}

export function toggle(list: ListModel, place: number): ListModel {
  return change(list, place, (todo) => [{ ...todo, done: !todo.done }]);
}

export function remove(list: ListModel, place: number): ListModel {
  return change(list, place, () => []);
}

export function toggleAll(list: ListModel, done: boolean): ListModel {
  return { ...list, todos: list.todos.map((todo) => ({ ...todo, done })) };
}

export function clearCompleted(list: ListModel): ListModel {
  return { ...list, todos: list.todos.filter(({ done }) => !done) };
}

export function show(list: ListModel, filter: Filter): ListModel {
  return { ...list, filter, earlier: [...list.earlier, list.filter] };
}

export function goBack(list: ListModel): ListModel {
  return { ...list, filter: list.earlier.at(-1) ?? list.filter, earlier: list.earlier.slice(0, -1) };
}

function change(list: ListModel, place: number, by: (todo: Todo) => Todo[]): ListModel {
  const chosen = shown(list)[place];
  return { ...list, todos: list.todos.flatMap((todo) => (todo === chosen ? by(todo) : [todo])) };
}
