use expect_test::{Expect, expect};

use super::*;

fn own(link: Link, address: &str) -> Own {
    let part = part(1);
    Own {
        names: Names::of("00c0ffee00000000", part),
        part,
        address: address.parse().expect("an address"),
        link,
        bridge: "lsb-00c0ffee".into(),
        is_local: true,
        mtu: 1500,
    }
}

fn part(n: u8) -> Part {
    Part::parse(&format!("10.64.{n}.0/24")).expect("a part")
}

fn others(list: &[(u8, &str)]) -> BTreeMap<Part, Ipv4Addr> {
    let one = |(n, at): &(u8, &str)| (part(*n), at.parse().expect("an address"));
    list.iter().map(one).collect()
}

/// The commands as a shell would take them.
fn told(commands: &[Command]) -> String {
    let one = |it: &Command| match it {
        Command::Run { program, args, input } if input.is_empty() => format!("{program} {}\n", args.join(" ")),
        Command::Run { program, args, input } => format!("{program} {} <<\n{input}", args.join(" ")),
        Command::Write { path, text } => format!("echo {text} > {path}\n"),
    };
    commands.iter().map(one).collect()
}

fn check(own: &Own, wanted: &[(u8, &str)], seen: &State, expected: Expect) {
    let wanted = super::wanted(own, &others(wanted));
    expected.assert_eq(&told(&plan(&own.names, &wanted, seen)));
    assert_eq!(
        plan(&own.names, &wanted, &wanted),
        [],
        "what is so already needs nothing"
    );
}

const HERE: &str = "192.0.2.1";

#[test]
fn the_first_other_host_brings_the_overlay_and_its_guard_comes_first() {
    check(
        &own(Link::Overlay, HERE),
        &[(2, "192.0.2.2")],
        &State::default(),
        expect![[r#"
            nft -f - <<
            add table inet longshore_00c0ffee
            delete table inet longshore_00c0ffee
            table inet longshore_00c0ffee {
              set hosts { type ipv4_addr; elements = { 192.0.2.2 }; }
              set parts { type ipv4_addr; flags interval; elements = { 10.64.2.0/24 }; }
              chain guard {
                type filter hook prerouting priority raw; policy accept;
                udp dport 4789 @th,96,24 671745 ip saddr != @hosts counter drop
                iifname lso-00c0ffee meta nfproto != ipv4 drop
                iifname lso-00c0ffee ip saddr != @parts drop
                iifname lso-00c0ffee ip daddr != 10.64.1.0/24 drop
              }
            }
            ip -batch - <<
            link add lso-00c0ffee address 02:6c:0a:40:01:00 mtu 1450 type vxlan id 671745 dstport 4789 nolearning local 192.0.2.1
            address add 10.64.1.0/32 dev lso-00c0ffee
            link set lso-00c0ffee up
            echo 2 > /proc/sys/net/ipv4/conf/lso-00c0ffee/rp_filter
            bridge -batch - <<
            fdb replace 02:6c:0a:40:02:00 dev lso-00c0ffee dst 192.0.2.2 vni 671746 self permanent
            ip -batch - <<
            neigh replace 10.64.2.0 lladdr 02:6c:0a:40:02:00 dev lso-00c0ffee nud permanent
            route replace 10.64.2.0/24 via 10.64.2.0 dev lso-00c0ffee onlink src 10.64.1.0 metric 671745
            iptables-restore -w --noflush <<
            *filter
            :LONGSHORE-00c0ffee - [0:0]
            -A LONGSHORE-00c0ffee -d 10.64.1.0/24 -i lso-00c0ffee -o lsb-00c0ffee -j ACCEPT
            -A LONGSHORE-00c0ffee -s 10.64.1.0/24 -i lsb-00c0ffee -o lso-00c0ffee -j ACCEPT
            COMMIT
            iptables -w -t filter -I DOCKER-USER 1 -j LONGSHORE-00c0ffee
            iptables-restore -w --noflush <<
            *nat
            :LONGSHORE-00c0ffee - [0:0]
            -A LONGSHORE-00c0ffee -s 10.64.1.0/24 -o lso-00c0ffee -j ACCEPT
            COMMIT
            iptables -w -t nat -I POSTROUTING 1 -j LONGSHORE-00c0ffee
        "#]],
    );
}

#[test]
fn a_change_touches_what_differs_and_the_last_host_takes_all_with_it() {
    let own = own(Link::Overlay, HERE);
    let two = super::wanted(&own, &others(&[(2, "192.0.2.2"), (3, "192.0.2.3")]));
    check(
        &own,
        &[(2, "192.0.2.9")],
        &two,
        expect![[r#"
            nft -f - <<
            add table inet longshore_00c0ffee
            delete table inet longshore_00c0ffee
            table inet longshore_00c0ffee {
              set hosts { type ipv4_addr; elements = { 192.0.2.9 }; }
              set parts { type ipv4_addr; flags interval; elements = { 10.64.2.0/24 }; }
              chain guard {
                type filter hook prerouting priority raw; policy accept;
                udp dport 4789 @th,96,24 671745 ip saddr != @hosts counter drop
                iifname lso-00c0ffee meta nfproto != ipv4 drop
                iifname lso-00c0ffee ip saddr != @parts drop
                iifname lso-00c0ffee ip daddr != 10.64.1.0/24 drop
              }
            }
            bridge -batch - <<
            fdb replace 02:6c:0a:40:02:00 dev lso-00c0ffee dst 192.0.2.9 vni 671746 self permanent
            fdb del 02:6c:0a:40:03:00 dev lso-00c0ffee self
            ip -batch - <<
            route del 10.64.3.0/24 metric 671745
            neigh del 10.64.3.0 dev lso-00c0ffee
        "#]],
    );
    check(
        &own,
        &[],
        &two,
        expect![[r#"
        ip link del lso-00c0ffee
        iptables -w -t filter -D DOCKER-USER -j LONGSHORE-00c0ffee
        iptables -w -t filter -F LONGSHORE-00c0ffee
        iptables -w -t filter -X LONGSHORE-00c0ffee
        iptables -w -t nat -D POSTROUTING -j LONGSHORE-00c0ffee
        iptables -w -t nat -F LONGSHORE-00c0ffee
        iptables -w -t nat -X LONGSHORE-00c0ffee
        nft delete table inet longshore_00c0ffee
    "#]],
    );
}

#[test]
fn what_the_kernel_or_the_engine_lost_is_made_again() {
    let own = own(Link::Overlay, HERE);
    let mut seen = super::wanted(&own, &others(&[(2, "192.0.2.2")]));
    seen.jumps.insert("nat", Jump::Late);
    seen.rules.insert("filter", Vec::new());
    seen.neighbours.clear();
    check(
        &own,
        &[(2, "192.0.2.2")],
        &seen,
        expect![[r#"
        ip -batch - <<
        neigh replace 10.64.2.0 lladdr 02:6c:0a:40:02:00 dev lso-00c0ffee nud permanent
        iptables-restore -w --noflush <<
        *filter
        :LONGSHORE-00c0ffee - [0:0]
        -A LONGSHORE-00c0ffee -d 10.64.1.0/24 -i lso-00c0ffee -o lsb-00c0ffee -j ACCEPT
        -A LONGSHORE-00c0ffee -s 10.64.1.0/24 -i lsb-00c0ffee -o lso-00c0ffee -j ACCEPT
        COMMIT
        iptables -w -t nat -D POSTROUTING -j LONGSHORE-00c0ffee
        iptables -w -t nat -I POSTROUTING 1 -j LONGSHORE-00c0ffee
    "#]],
    );
}

#[test]
fn agents_of_one_machine_need_only_leave_to_pass() {
    check(
        &own(Link::Overlay, "127.0.0.1"),
        &[(2, "127.0.0.1")],
        &State::default(),
        expect![[r#"
            iptables-restore -w --noflush <<
            *filter
            :LONGSHORE-00c0ffee - [0:0]
            -A LONGSHORE-00c0ffee -d 10.64.2.0/24 -i lsb-00c0ffee -j ACCEPT
            -A LONGSHORE-00c0ffee -s 10.64.2.0/24 -o lsb-00c0ffee -j ACCEPT
            COMMIT
            iptables -w -t filter -I DOCKER-USER 1 -j LONGSHORE-00c0ffee
            iptables-restore -w --noflush <<
            *nat
            :LONGSHORE-00c0ffee - [0:0]
            -A LONGSHORE-00c0ffee -s 10.64.1.0/24 -d 10.64.2.0/24 -j ACCEPT
            COMMIT
            iptables -w -t nat -I POSTROUTING 1 -j LONGSHORE-00c0ffee
        "#]],
    );
}

#[test]
fn hosts_on_one_link_have_the_same_leave_and_routes() {
    let from_nothing = |own: &Own, other: &str| {
        let wanted = super::wanted(own, &others(&[(2, other)]));
        assert_eq!(plan(&own.names, &wanted, &wanted), []);
        told(&plan(&own.names, &wanted, &State::default()))
    };
    let leave = from_nothing(&own(Link::Overlay, "127.0.0.1"), "127.0.0.1");
    let routed = from_nothing(&own(Link::Routed, HERE), "192.0.2.2");
    let route = "ip -batch - <<\nroute replace 10.64.2.0/24 via 192.0.2.2 metric 671745\n";
    assert_eq!(routed, format!("{route}{leave}"));
}

#[test]
fn nothing_is_set_up_for_nobody_nor_towards_a_loopback() {
    check(&own(Link::Overlay, HERE), &[], &State::default(), expect![[""]]);
    check(
        &own(Link::Overlay, HERE),
        &[(2, "127.0.0.1")],
        &State::default(),
        expect![[""]],
    );
    check(
        &own(Link::Overlay, "127.0.0.1"),
        &[(2, "192.0.2.2")],
        &State::default(),
        expect![[""]],
    );
}

#[test]
fn behind_a_translating_router_the_kernel_chooses_the_source() {
    let mut own = own(Link::Overlay, HERE);
    own.is_local = false;
    let device = super::wanted(&own, &others(&[(2, "192.0.2.2")]))
        .device
        .expect("a device");
    assert_eq!((device.local, device.mtu), (None, 1450));
}

#[test]
fn names_fit_the_kernel_and_differ_by_host() {
    let names = Names::of("0123456789abcdef0123456789abcdef", part(1));
    assert!(names.device().len() <= 15 && bridge("0123456789abcdef").len() <= 15 && names.chain().len() <= 28);
    assert_ne!(names.device(), Names::of("f123456789abcdef", part(1)).device());
}
