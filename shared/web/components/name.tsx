/** A name of any length on one line. Its title has all of it. */
export function Name({ children }: { readonly children: string }) {
  return (
    <bdi class="clamp" title={children}>
      {children}
    </bdi>
  );
}
