use super::*;
use crate::allow_list::{HowKnown, Verdict, check};
use crate::endpoints::FEATURES;

/// Every set of features.
fn feature_sets() -> impl Iterator<Item = Vec<String>> {
    (0..1usize << FEATURES.len()).map(|set| {
        FEATURES
            .iter()
            .enumerate()
            .filter(|(index, _)| set >> index & 1 == 1)
            .map(|(_, feature)| (*feature).to_owned())
            .collect()
    })
}

#[test]
fn what_is_written_is_complete_for_every_product_cloud_and_feature_set() {
    for features in feature_sets() {
        for cloud in Cloud::ALL {
            for product in Product::ALL {
                let text = write(product, cloud, &features);
                let result = check(&text, Some(product), cloud, &features);
                assert_eq!(result.product, product, "{text}");
                let open: Vec<_> = result
                    .rows
                    .iter()
                    .filter(|row| row.weight != crate::allow_list::Weight::Old && row.verdict != Verdict::Covered)
                    .map(|row| (row.host, row.verdict, &row.why))
                    .collect();
                assert!(open.is_empty() && result.complete, "{product:?} {cloud:?} {features:?}: {open:#?}\n{text}");
                assert!(result.remarks.is_empty(), "{product:?} {cloud:?}: {:?}\n{text}", result.remarks);
            }
        }
    }
}

#[test]
fn what_is_written_is_recognised_where_the_syntax_shows_the_product() {
    for product in
        [Product::Squid, Product::PaloAlto, Product::FortiGate, Product::BlueCoat, Product::AzureFirewall, Product::Pac]
    {
        let result = check(&write(product, Cloud::Worldwide, &[]), None, Cloud::Worldwide, &[]);
        assert_eq!((result.product, result.how_known), (product, HowKnown::Syntax));
        assert!(result.complete, "{product:?}");
    }
}
