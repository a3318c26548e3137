import { z } from 'zod';

const element = z.string().describe('Human-readable element description, for whoever permits the action').optional();
const ref = z.string().min(1).describe('Exact element reference from the page snapshot');
const at = { element, ref };

/** Tools of a browser as Playwright's MCP server names and shapes them, each with what it says of itself. */
export const browserTools = {
  browser_snapshot: {
    description: 'Capture accessibility snapshot of the current page, this is better than screenshot',
    input: z.object({}),
  },
  browser_click: {
    description: 'Perform click on a web page',
    input: z.object({
      ...at,
      doubleClick: z.boolean().optional().describe('Whether to perform a double click instead of a single click'),
      button: z.enum(['left']).optional().describe('Button to click, defaults to left'),
    }),
  },
  browser_type: {
    description: 'Type text into editable element',
    input: z.object({
      ...at,
      text: z.string().describe('Text to type into the element'),
      submit: z.boolean().optional().describe('Whether to submit entered text (press Enter after)'),
      slowly: z.boolean().optional().describe('Whether to type one character at a time; what is there already then stays'),
    }),
  },
  browser_fill_form: {
    description: 'Fill multiple form fields',
    input: z.object({
      fields: z
        .array(
          z.object({
            name: z.string().describe('Human-readable field name'),
            type: z.enum(['textbox', 'checkbox', 'radio', 'combobox', 'slider']).describe('Type of the field'),
            ref,
            value: z.string().describe('Text; for a checkbox true or false; for a combobox the text of the option'),
          }),
        )
        .min(1)
        .describe('Fields to fill in'),
    }),
  },
  browser_select_option: {
    description: 'Select an option in a dropdown',
    input: z.object({ ...at, values: z.array(z.string()).length(1).describe('The value to select in the dropdown') }),
  },
  browser_hover: { description: 'Hover over element on page', input: z.object(at) },
  browser_press_key: {
    description: 'Press a key on the keyboard',
    input: z.object({ key: z.string().min(1).describe('Name of the key to press or a character to generate, such as `ArrowLeft` or `a`') }),
  },
  browser_navigate: { description: 'Navigate to a URL', input: z.object({ url: z.string().describe('The URL to navigate to') }) },
  browser_navigate_back: { description: 'Go back to the previous page', input: z.object({}) },
  browser_handle_dialog: {
    description: 'Handle a dialog',
    input: z.object({
      accept: z.boolean().describe('Whether to accept the dialog'),
      promptText: z.string().optional().describe('The text of the prompt in case of a prompt dialog'),
    }),
  },
  browser_take_screenshot: {
    description: "Take a screenshot of the current page. You can't perform actions based on the screenshot, use browser_snapshot for that",
    input: z.object({ type: z.enum(['png']).optional().describe('Image format, png') }),
  },
  browser_wait_for: {
    description: 'Wait for text to appear or disappear or a specified time to pass',
    input: z.object({
      time: z.number().min(0).max(60).optional().describe('The time to wait in seconds'),
      text: z.string().optional().describe('The text to wait for'),
      textGone: z.string().optional().describe('The text to wait for to disappear'),
    }),
  },
  browser_tabs: {
    description: 'List, create, close, or select a browser tab',
    input: z.object({
      action: z.enum(['list', 'new', 'close', 'select']).describe('Operation to perform'),
      index: z.number().int().min(0).optional().describe('Tab index'),
    }),
  },
  browser_close: { description: 'Close the page. The task then counts as done', input: z.object({}) },
} as const;

export type BrowserTool = keyof typeof browserTools;
export const browserToolNames = Object.keys(browserTools) as readonly BrowserTool[];

/** Longest wait or hold, in seconds. */
const longest = 300;
const coordinate = z.tuple([z.number().int().min(0), z.number().int().min(0)]);

/** Actions of the tools `computer_20250124` and `computer_20251124` (which adds `zoom`). */
export const computerActions = [
  'key',
  'type',
  'mouse_move',
  'left_click',
  'left_click_drag',
  'right_click',
  'middle_click',
  'double_click',
  'triple_click',
  'screenshot',
  'cursor_position',
  'left_mouse_down',
  'left_mouse_up',
  'scroll',
  'hold_key',
  'wait',
  'zoom',
] as const;
export type ComputerAction = (typeof computerActions)[number];

/** Input of Anthropic's computer tool. Coordinates are pixels of the picture, from its upper left corner. */
export const computerInputSchema = z.object({
  action: z.enum(computerActions),
  coordinate: coordinate.optional(),
  start_coordinate: coordinate.optional(),
  /** Text to type; for keys their names in the syntax of xdotool. */
  text: z.string().optional(),
  /** Seconds. */
  duration: z.number().min(0).max(longest).optional(),
  scroll_amount: z.number().int().min(0).optional(),
  scroll_direction: z.enum(['up', 'down', 'left', 'right']).optional(),
  region: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
});
export type ComputerInput = z.infer<typeof computerInputSchema>;
