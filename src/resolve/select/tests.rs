//! Graphs made by hand, and which wirings of them remain.

use super::*;

fn plug(instance: usize) -> Plug {
    Plug { instance: InstanceId(instance), export: 0 }
}

fn socket(instance: usize, import: usize) -> Socket {
    Socket { instance: InstanceId(instance), import }
}

/// Instance 0 is the seed; `edges[i]` are the plugs of each socket of instance `i`; every instance is required
/// except those of `optional`.
fn graph(edges: &[&[&[usize]]], optional: &[usize]) -> Graph {
    let edge = |plugs: &[usize]| match plugs {
        [one] => Edge::Fixed(InstanceId(*one)),
        several => Edge::Any(several.iter().map(|id| plug(*id)).collect()),
    };
    Graph {
        edges: edges
            .iter()
            .enumerate()
            .map(|(id, sockets)| {
                let sockets = sockets.iter().enumerate().map(|(k, plugs)| (socket(id, k), edge(plugs))).collect();
                (InstanceId(id), sockets)
            })
            .collect(),
        seeds: vec![InstanceId(0)],
        required: (0..edges.len())
            .filter(|id| !optional.contains(id))
            .map(|id| BTreeSet::from([InstanceId(id)]))
            .collect(),
        partial: false,
    }
}

#[test]
fn the_middle_goes_between_the_ends() {
    let outcome = run(&graph(&[&[&[1, 2]], &[&[2]], &[]], &[]), |_| true);
    assert_eq!(outcome.chosen, Wiring::from([(socket(0, 0), plug(1))]));
    assert!(outcome.ambiguous.is_empty());
}

#[test]
fn two_middles_may_stand_either_way() {
    let outcome = run(&graph(&[&[&[1, 2, 3]], &[&[2, 3]], &[&[1, 3]], &[]], &[]), |_| true);
    assert_eq!(outcome.ambiguous, BTreeSet::from([socket(0, 0), socket(1, 0), socket(2, 0)]));
}

#[test]
fn two_providers_of_one_socket_leave_no_wiring() {
    let outcome = run(&graph(&[&[&[1, 2]], &[], &[]], &[]), |_| true);
    assert_eq!(outcome.ambiguous, BTreeSet::from([socket(0, 0)]));
    assert!(!outcome.gave_up);
}

#[test]
fn a_named_input_goes_before_an_offered_one() {
    let outcome = run(&graph(&[&[&[1, 2]], &[], &[]], &[2]), |_| true);
    assert_eq!(outcome.chosen, Wiring::from([(socket(0, 0), plug(1))]));
}

#[test]
fn what_all_wirings_agree_on_is_taken() {
    // Socket 0 must take 1 (else 1 is unused); socket 1 may take 3 or 4.
    let outcome = run(&graph(&[&[&[1, 2], &[3, 4]], &[&[2]], &[], &[], &[]], &[3, 4]), |_| true);
    assert_eq!(outcome.chosen, Wiring::from([(socket(0, 0), plug(1))]));
    assert_eq!(outcome.ambiguous, BTreeSet::from([socket(0, 1)]));
}

#[test]
fn every_ambiguous_socket_is_told_however_many_there_are() {
    // Ten sockets with two plugs each: a thousand wirings, of which the first few agree on the first sockets.
    let plugs: Vec<[usize; 2]> = (0..10).map(|k| [1 + 2 * k, 2 + 2 * k]).collect();
    let sockets: Vec<&[usize]> = plugs.iter().map(|pair| pair.as_slice()).collect();
    let none: &[&[usize]] = &[];
    let mut edges = vec![none; 21];
    edges[0] = &sockets;
    let outcome = run(&graph(&edges, &(1..=20).collect::<Vec<_>>()), |_| true);
    assert!(!outcome.gave_up);
    assert_eq!(outcome.ambiguous.len(), 10);
    assert!(outcome.chosen.is_empty());
}

#[test]
fn an_input_out_of_reach_does_not_blur_the_rest() {
    let outcome = run(&graph(&[&[&[1, 2]], &[&[2]], &[], &[]], &[]), |_| true);
    assert_eq!(outcome.chosen, Wiring::from([(socket(0, 0), plug(1))]));
}

#[test]
fn closure_over_resources_decides_among_whole_wirings() {
    let graph = graph(&[&[&[1, 2]], &[], &[]], &[1, 2]);
    let outcome = run(&graph, |wiring| wiring[&socket(0, 0)] == plug(2));
    assert_eq!(outcome.chosen, Wiring::from([(socket(0, 0), plug(2))]));
}

#[test]
fn a_choice_never_closes_a_cycle() {
    // 0 takes 1 or 2; 1 needs 3; 3 takes 1 or 2: only 2 does not lead back.
    let outcome = run(&graph(&[&[&[1, 2]], &[&[3]], &[], &[&[1, 2]]], &[]), |_| true);
    assert_eq!(outcome.chosen, Wiring::from([(socket(0, 0), plug(1)), (socket(3, 0), plug(2))]));
}

#[test]
fn a_hard_question_is_given_up_in_bounded_time() {
    // Twelve middles and no end: each order of them leads to the last, which would have to lead back.
    let all: Vec<usize> = (1..=12).collect();
    let sockets: Vec<&[usize]> = vec![&all];
    let edges: Vec<&[&[usize]]> = vec![&sockets; 13];
    let outcome = run(&graph(&edges, &[]), |_| true);
    assert!(outcome.gave_up);
    assert_eq!(outcome.ambiguous.len(), 13);
    assert!(outcome.chosen.is_empty());
}

#[test]
fn all_sockets_share_one_bound() {
    // Forty sockets and three hundred plugs for each: many searches for one more answer, of which each is short.
    let all: Vec<usize> = (1..=300).collect();
    let sockets: Vec<&[usize]> = vec![&all; 40];
    let none: &[&[usize]] = &[];
    let mut edges = vec![none; 301];
    edges[0] = &sockets;
    let graph = graph(&edges, &all);
    let mut judged = 0;
    let outcome = run(&graph, |_| {
        judged += 1;
        true
    });
    assert!(judged < 12_000, "{judged} wirings were judged");
    assert!(!outcome.gave_up);
    assert_eq!(outcome.ambiguous.len(), 40);
    assert!(outcome.chosen.is_empty());
}

#[test]
fn of_what_was_not_looked_at_nothing_is_certain() {
    let graph = Graph { partial: true, ..graph(&[&[&[1, 2]], &[&[2]], &[]], &[]) };
    let outcome = run(&graph, |_| true);
    assert!(outcome.gave_up && outcome.chosen.is_empty());
    assert_eq!(outcome.ambiguous, BTreeSet::from([socket(0, 0)]));
}
