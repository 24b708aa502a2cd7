// How the focus came to where it is: with the keyboard, so that its keys belong to what has it, or in another way.

export class FocusWatch {
  constructor() {
    this.byKeyboard = Boolean(document.activeElement?.matches(":focus-visible"));
    this.pressed = false; // whether a key was the last thing that was pressed
    this.listeners = {
      pointerdown: () => {
        this.pressed = this.byKeyboard = false;
      },
      keydown: (event) => {
        this.pressed = true;
        if (event.key === "Tab") this.byKeyboard = true; // from one to the next inside a component nothing is told
      },
      focusin: () => {
        this.byKeyboard = this.pressed;
      },
    };
    for (const [kind, hear] of Object.entries(this.listeners)) document.addEventListener(kind, hear, true);
  }

  close() {
    for (const [kind, hear] of Object.entries(this.listeners)) document.removeEventListener(kind, hear, true);
  }
}
