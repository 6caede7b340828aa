using System.Text.RegularExpressions;
using PhotoStudio.Core.Operations;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Operations;

public sealed partial class OperationCatalogTests
{
    [Fact]
    public void Names_are_unique_and_in_kebab_case()
    {
        var names = OperationCatalog.All.Select(operation => operation.Name).ToList();

        names.ShouldBeUnique();
        names.ShouldAllBe(name => KebabCase().IsMatch(name));
        names.ShouldContain("resize");
        names.ShouldContain("remove-background");
    }

    [Fact]
    public void An_operation_lives_in_the_file_of_its_name()
    {
        foreach (var operation in OperationCatalog.All)
        {
            var expected = string.Concat(operation.Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            operation.GetType().Name.ShouldBe(expected);
        }
    }

    [Fact]
    public void Parameters_are_described_and_in_snake_case()
    {
        foreach (var operation in OperationCatalog.All)
        {
            operation.Description.ShouldNotBeNullOrWhiteSpace();
            operation.Parameters.ShouldAllBe(parameter => SnakeCase().IsMatch(parameter.Name) && parameter.Description.Length > 10);
        }
    }

    [Theory]
    [InlineData("remove_background")]
    [InlineData(" Remove-Background ")]
    public void Underscores_case_and_blanks_do_not_matter(string name) => OperationCatalog.TryFind(name, out _).ShouldBeTrue();

    [Fact]
    public void An_unknown_name_is_not_found() => OperationCatalog.TryFind("teleport", out _).ShouldBeFalse();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex KebabCase();

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex SnakeCase();
}
