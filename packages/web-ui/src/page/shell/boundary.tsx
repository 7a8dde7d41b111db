import { Component, type ComponentChildren } from "preact";

interface Props {
  /** What is not shown when it fails, for people. */
  readonly what: string;
  /** With another one it is tried again. */
  readonly triedWith: string;
  readonly children: ComponentChildren;
}

/** Keeps a mistake in one part of the page from taking the others with it. */
export class Boundary extends Component<Props, { readonly message: string | null }> {
  override state: { readonly message: string | null } = { message: null };

  override componentDidCatch(thrown: unknown): void {
    this.setState({ message: thrown instanceof Error ? thrown.message : String(thrown) });
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.message !== null && before.triedWith !== this.props.triedWith)
      this.setState({ message: null });
  }

  override render(
    { what, children }: Props,
    { message }: { readonly message: string | null },
  ): ComponentChildren {
    if (message === null) return children;
    return (
      <p class="broken" role="alert">
        {what} could not be shown: {message}
      </p>
    );
  }
}
