using PhotoStudio.Core;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core;

public sealed class OrderedIdTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Ids_of_one_millisecond_sort_in_the_order_they_were_made()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => OrderedId.New(Now)).ToList();

        ids.Select(Text).ShouldBeInOrder();
        ids.Distinct().Count().ShouldBe(ids.Count);
    }

    [Fact]
    public void A_clock_that_goes_back_makes_no_earlier_id()
    {
        var first = OrderedId.New(Now);

        string.CompareOrdinal(Text(OrderedId.New(Now.AddHours(-1))), Text(first)).ShouldBePositive();
    }

    [Fact]
    public void An_id_is_a_uuid_of_version_seven()
    {
        var id = OrderedId.New();

        id.Version.ShouldBe(7);
        (id.Variant & 0b1100).ShouldBe(0b1000);
    }

    [Fact]
    public async Task Many_threads_never_make_the_same_id()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 5_000).Select(_ => OrderedId.New(Now)).ToList())));

        ids.SelectMany(made => made).Distinct().Count().ShouldBe(40_000);
    }

    private static string Text(Guid id) => id.ToString();
}
