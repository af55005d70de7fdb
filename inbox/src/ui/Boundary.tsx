import { Component, type ReactNode } from 'react';

interface Props {
  /** what stands in the place of what can't be drawn */
  instead: ReactNode;
  children: ReactNode;
}

/** Keeps one part that can't be drawn from taking the whole page with it. */
export class Boundary extends Component<Props, { broken: boolean }> {
  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override state = { broken: false };

  override render(): ReactNode {
    return this.state.broken ? this.props.instead : this.props.children;
  }
}
