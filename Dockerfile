# Caelum in a container: built with a JDK, run by a Java runtime of just its modules as an ordinary user. Needs no BuildKit.
#   docker build -t caelum .
#   docker run --network host caelum                 node and dashboard
#   docker run --network host caelum beacon          node alone

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
# An installation with its runtime and the start-up caches that were trained with it.
RUN ./caelum package tree /opt/caelum

FROM debian:bookworm-slim
COPY --from=build /opt/caelum /opt/caelum
RUN useradd --system --user-group --create-home --home-dir /var/lib/caelum caelum
USER caelum
ENV CAELUM_DATA=/var/lib/caelum
VOLUME /var/lib/caelum
EXPOSE 8080 8090 8181/udp
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/opt/caelum/caelum", "status"]
ENTRYPOINT ["/opt/caelum/caelum"]
CMD ["dashboard"]
