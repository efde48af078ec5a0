//! The crate as others use it: the example runs, tells what it is to tell, and what it makes is a component.

#[path = "../../examples/in_memory.rs"]
#[allow(dead_code, reason = "an example has a `main`")]
mod in_memory;

#[test]
fn the_example_tells_why_each_wire_is_there() {
    let told = in_memory::report().expect("it composes");
    let expected = "\
cart -> shop: acme:cart/cart, because nothing else on offer fits
kv -> cart: acme:kv/store@1.2.0, because nothing else on offer fits

`shop` imports acme:cart/cart from `cart`, because nothing else on offer fits
`shop` imports wasi:clocks/monotonic-clock@0.2.6 from the host, because nothing on offer provides it, and `wasi:*` may stay open
`cart` imports acme:kv/store@1.2.0 from `kv`, because nothing else on offer fits
left to the host: wasi:clocks/monotonic-clock@0.2.6";
    assert_eq!(told, expected);
}
